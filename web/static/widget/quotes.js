/* A piece of /widget.js: which words of an answer are which quote. */

/**
 * A text of quotes in pieces, `{text, numbers}`: each quote with its number.
 *
 * The text is its quotes joined by spaces, in which formulas were made readable. A quote that is found
 * as it stands is a piece, and what stands between two of them is the quotes between. Those that cannot
 * be told apart keep their marks together.
 */
function piecesOf(text, numbers, quoteOf) {
  const pieces = [];
  let place = 0;
  let open = [];
  for (const number of numbers) {
    const quote = quoteOf(number);
    const at = quote ? ` ${text} `.indexOf(` ${quote} `, place) : -1;
    // There has to be room for those that were not found before it, and for nothing else.
    if (at < 0 || at > place !== open.length > 0) {
      open.push(number);
      continue;
    }
    if (open.length) pieces.push({ text: text.slice(place, at - 1), numbers: open });
    pieces.push({ text: quote, numbers: [number] });
    place = at + quote.length + 1;
    open = [];
  }
  const rest = text.slice(place);
  if (rest && open.length) return [...pieces, { text: rest, numbers: open }];
  return rest || open.length ? [{ text, numbers }] : pieces;
}

/** The pieces of a part in paragraphs, one for each section; `citations` are known by their numbers. */
function paragraphsOf({ text, citations }, known) {
  const paragraphs = [];
  let last;
  for (const piece of piecesOf(text, citations, (number) => known.get(number)?.quote)) {
    const section = known.get(piece.numbers.at(0))?.section;
    if (!paragraphs.length || section !== last) paragraphs.push([]);
    paragraphs.at(-1).push(piece);
    last = section;
  }
  return paragraphs;
}
