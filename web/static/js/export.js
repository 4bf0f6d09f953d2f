/* What leaves the page: to the clipboard, or into a file. */

/** Copy a text; false where the browser does not allow it. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text); // Over plain HTTP there is no clipboard to write to.
  }
}

function copiedBySelection(text) {
  const area = Object.assign(document.createElement("textarea"), { value: text, className: "unseen" });
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  focused?.focus();
  return copied;
}

/** Answers as one Markdown file. */
export function saveMarkdown(turns) {
  save("conversation.md", "text/markdown", turns.map((turn) => turn.markdown).join("\n---\n\n"));
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
