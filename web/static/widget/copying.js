/* A piece of /widget.js: an answer, or code of it, as one pastes it into a mail or a chat. */

const SHOWN_MS = 2500;

/** Its text with numbers for marks, a paragraph for each section, and below it where they lead. */
function pasted(server, { parts, answer: { citations } }) {
  const known = new Map(citations.map((one) => [one.number, one]));
  const marks = (numbers) => numbers.map((number) => ` [${number}]`).join("");
  const cellOf = (cell) => (cell ? cell.text + marks(cell.citations) : ABSENT);
  const blocks = parts.map((part) => {
    if (part.kind !== "table") return [part.heading, said(part, known, marks).join("\n\n")];
    const rows = part.rows.map(({ aspect, cells }) => rowOf(["", ...part.columns], [aspect, ...cells.map(cellOf)]));
    return [part.heading, ...rows];
  });
  const sources = citations.map((one) => {
    const place = one.heading ?? sectionName(one.section);
    return `[${one.number}] ${one.title}, ${place}: ${quoteAddress(server, one)}`;
  });
  return [...blocks, sources].map((lines) => lines.filter(Boolean).join("\n")).filter(Boolean).join("\n\n");
}

function named(...names) {
  return names.filter(Boolean).join(": ");
}

/** A row of a table as a line: what it is about, and each cell behind the name of its column. */
function rowOf([corner, ...columns], [aspect, ...cells]) {
  return named(aspect, cells.map((cell, at) => named(columns[at], cell)).join("; "));
}

/** The paragraphs of a part. */
function said(part, known, marks) {
  if (part.blocks) {
    return part.blocks.map(({ text, header, rows, citations }) => {
      return (rows ? rows.map((cells) => rowOf(header, cells)).join("\n") : text) + marks(citations);
    });
  }
  if (part.aspect === EXCERPT) {
    return part.citations.map((number) => {
      const { plain, quote } = known.get(number);
      const text = plain ?? quote;
      return text + (isCode(text.split("\n\n").at(-1)) ? "\n" : "") + marks([number]);
    });
  }
  if (part.kind !== "quote") return [part.text + marks(part.citations)];
  return paragraphsOf(part, known).map((pieces) => {
    return pieces.map(({ text, numbers }) => text + marks(numbers)).join(" ");
  });
}

/** Whether a text could be copied. */
async function isTaken(text) {
  const copying = navigator.clipboard?.writeText(text);
  return Boolean(copying && (await copying.then(() => true, () => false)));
}

/** Code with a button that copies it, as it is typed. */
function copyable(code) {
  const button = pictured(say("copy"), SHEETS);
  const status = make("span", { role: "status", class: "unseen" });
  button.addEventListener("click", async () => {
    const taken = await isTaken(typed(code));
    status.textContent = say(taken ? "copied" : "no_clipboard");
    button.replaceChildren(icon(taken ? TICK : CROSS));
    setTimeout(() => {
      status.textContent = "";
      button.replaceChildren(icon(SHEETS));
    }, SHOWN_MS);
  });
  return make("div", { class: "code" }, make("pre", { tabindex: "0" }, code), button, status);
}
