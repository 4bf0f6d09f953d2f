/* Conversations that this browser remembers: their questions. The server answers them anew. */

const KEY = "entrywise.conversations";
const MOST = 30;
/* As many turns as the server shows on a page, and an address that any server takes. */
const MOST_TURNS = 10;
const LONGEST = 4000;

/** The address of the page with the answers to these questions, the last ones if they are many. */
export function address(questions) {
  const kept = questions.slice(-MOST_TURNS);
  for (;;) {
    const path = pathOf(kept);
    if (path.length <= LONGEST || kept.length === 1) return path;
    kept.shift();
  }
}

function pathOf(questions) {
  const query = new URLSearchParams({ q: questions.at(-1) });
  for (const earlier of questions.slice(0, -1)) query.append("history", earlier);
  return `/?${query}#t${questions.length}`;
}

/** The remembered conversations, `{id, title, path, at}`, the latest first. */
export function conversations() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY)) ?? [];
    return kept.filter(({ title, path }) => title && path.startsWith("/?"));
  } catch {
    return []; // Nothing is kept, or something else was.
  }
}

/** Put a conversation first, and return its id; its title is the question that opened it. */
export function remember(questions, id = unique()) {
  const kept = conversations();
  const path = address(questions);
  const known = kept.find((one) => one.id === id || one.path === path);
  const latest = { id, title: questions[0], ...known, path, at: Date.now() };
  store([latest, ...kept.filter((one) => one !== known)].slice(0, MOST));
  return latest.id;
}

function unique() {
  return crypto.randomUUID?.() ?? String(Date.now()); // Plain HTTP has no randomUUID.
}

export function forget() {
  store([]);
}

function store(kept) {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing, or is full: the address still holds the conversation.
  }
}
