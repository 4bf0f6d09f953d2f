/* Conversations that this browser remembers: their questions. The server answers them anew. */

import { address } from "./address.js";

const KEY = "entrywise.conversations";
/* Beside those that are pinned. */
const MOST = 100;

/** Whether the address of this page holds just these questions. */
export function isAddressOf(questions) {
  const query = new URLSearchParams(location.search);
  const held = [...query.getAll("history"), ...query.getAll("q")];
  return JSON.stringify(held) === JSON.stringify(questions);
}

/** The remembered conversations, `{id, title, path, at, pinned}`, the latest first. */
export function conversations() {
  try {
    return [JSON.parse(localStorage.getItem(KEY))].flat().filter(isConversation);
  } catch {
    return []; // Nothing is kept, or something else was.
  }
}

function isConversation(one) {
  return Boolean(one?.title) && typeof one.path === "string" && one.path.startsWith("/?");
}

/** The questions of a conversation, as far as its address has them. */
export function questionsOf({ path }) {
  const query = new URLSearchParams(path.slice(path.indexOf("?"), path.lastIndexOf("#")));
  return [...query.getAll("history"), query.get("q")];
}

/** Put a conversation first, and return its id; its title is the question that opened it, or what it
 * was called since. */
export function remember(questions, id = unique()) {
  const kept = conversations();
  const path = address(questions);
  const known = kept.find((one) => one.id === id || one.path === path);
  const latest = { id, title: questions[0], ...known, path, at: Date.now() };
  store([latest, ...kept.filter((one) => one !== known)]);
  return latest.id;
}

function unique() {
  return crypto.randomUUID?.() ?? String(Date.now()); // Plain HTTP has no randomUUID.
}

/** Give a conversation another title, or pin it: `{title, pinned}`, either of them. */
export function change(id, changes) {
  store(conversations().map((one) => (one.id === id ? { ...one, ...changes } : one)));
}

/** Forget those of which `isMeant` is true; they are returned. */
export function remove(isMeant) {
  const removed = conversations().filter(isMeant);
  store(conversations().filter((one) => !isMeant(one)));
  return removed;
}

/** Remember again what was removed, but for what was asked once more since. */
export function restore(removed) {
  const kept = conversations();
  const lost = removed.filter(({ id }) => !kept.some((one) => one.id === id));
  store([...kept, ...lost].sort((one, other) => other.at - one.at));
}

function store(kept) {
  const dropped = new Set(kept.filter((one) => !one.pinned).slice(MOST));
  try {
    localStorage.setItem(KEY, JSON.stringify(kept.filter((one) => !dropped.has(one))));
  } catch {
    // A browser that keeps nothing, or is full: the address still holds the conversation.
  }
}
