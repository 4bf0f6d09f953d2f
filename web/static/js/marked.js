/* What of a suggestion was typed. */

const WORD = /[\p{L}\p{N}]+/gu;
/* Letters of a word from which on so many slips are forgiven, as the server forgives them. */
const ONE_SLIP = 4;
const TWO_SLIPS = 8;

/** A text in which the beginnings that were typed are marked, with or without a slip. */
export function marked(title, words) {
  const told = [...title.matchAll(WORD)].map(([word]) => word);
  const sought = words.filter(Boolean).flatMap((word, place) => {
    const begins = (one) => one.toLowerCase().startsWith(word.toLowerCase());
    const alike = told.some(begins) ? [] : told.map((one) => misspelt(word, one)).filter(Boolean);
    // A short one that is complete is no beginning: "i" is not typed of "is".
    const end = word.length > 2 || place === words.length - 1 ? "" : "(?![\\p{L}\\p{N}])";
    return [escaped(word) + end, ...alike];
  });
  if (!sought.length) return [title];
  return title.split(new RegExp(`(?<![\\p{L}\\p{N}])(${sought.join("|")})`, "giu")).map((piece, place) => {
    return place % 2 ? Object.assign(document.createElement("span"), { className: "begun", textContent: piece }) : piece;
  });
}

/** Of other signs a Unicode expression takes no escape. */
function escaped(word) {
  return word.replace(/[\^$\\.*+?()[\]{}|/]/g, "\\$&");
}

/** The beginning of a word that is meant by what is typed, if any. */
function misspelt(typed, word) {
  const most = typed.length < ONE_SLIP ? 0 : typed.length < TWO_SLIPS ? 1 : 2;
  // A letter may be missing or too many.
  const beginnings = [0, 1, -1].map((more) => word.slice(0, typed.length + more));
  const slips = beginnings.map((one) => distance(typed.toLowerCase(), one.toLowerCase()));
  const fewest = Math.min(...slips);
  return fewest <= most ? beginnings[slips.indexOf(fewest)] : "";
}

/** How many letters are missing, too many, others, or swapped with their neighbours. */
function distance(one, other) {
  const rows = [[...Array(other.length + 1).keys()]];
  for (let i = 1; i <= one.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= other.length; j++) {
      const differs = Number(one[i - 1] !== other[j - 1]);
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + differs);
      const isSwapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwapped) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows.at(-1).at(-1);
}
