/* The address of a conversation on the server's pages. */

/** As many earlier questions as the server reads. */
export const LONGEST_HISTORY = 50;
/* An address that any server takes. */
const LONGEST_ADDRESS = 4000;

/** The address of the page with the answers to these questions, the last ones if they are many. */
export function address(questions) {
  const kept = questions.slice(-LONGEST_HISTORY);
  for (;;) {
    const path = pathOf(kept);
    if (path.length <= LONGEST_ADDRESS || kept.length === 1) return path;
    kept.shift();
  }
}

function pathOf(questions) {
  const query = new URLSearchParams({ q: questions.at(-1) });
  for (const earlier of questions.slice(0, -1)) query.append("history", earlier);
  return `/?${query}#t${questions.length}`;
}
