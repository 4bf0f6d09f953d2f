/* A conversation as a file. */

/** Answers as one Markdown file. */
export function saveMarkdown(turns) {
  save("conversation.md", "text/markdown", turns.map((turn) => turn.copies.markdown).join("\n---\n\n"));
}

/** Answers as JSON, each as the API gives it. */
export function saveJson(turns) {
  const answers = turns.map((turn) => turn.answer);
  save("conversation.json", "application/json", `${JSON.stringify(answers, null, 1)}\n`);
}

function save(download, type, text) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement("a"), { href, download }).click();
  URL.revokeObjectURL(href);
}
