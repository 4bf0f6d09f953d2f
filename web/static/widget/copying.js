/* A piece of /widget.js: an answer as one pastes it into a mail or a chat. */

/** Its text with numbers for marks, and below it where they lead. */
function pasted(server, { parts, citations }) {
  const marks = (numbers) => numbers.map((number) => ` [${number}]`).join("");
  const cellOf = (cell) => (cell ? cell.text + marks(cell.citations) : ABSENT);
  const named = (...names) => names.filter(Boolean).join(": ");
  const blocks = parts.filter(({ aspect }) => aspect !== NEAREST).map((part) => {
    if (part.kind !== "table") return [part.heading, part.text + marks(part.citations)];
    const rows = part.rows.map(({ aspect, cells }) => {
      return named(aspect, cells.map((cell, at) => named(part.columns[at], cellOf(cell))).join("; "));
    });
    return [part.heading, ...rows];
  });
  const sources = citations.map((one) => {
    const place = one.heading ?? sectionName(one.section);
    return `[${one.number}] ${one.title}, ${place}: ${quoteAddress(server, one)}`;
  });
  return [...blocks, sources].map((lines) => lines.filter(Boolean).join("\n")).filter(Boolean).join("\n\n");
}
