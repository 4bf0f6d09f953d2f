/* The palette: the field in the head of every page, which opens over it. */

import { Completion, follow } from "./complete.js";
import { conversations } from "./history.js";
import { isAlike, plain } from "./plain.js";
import { text } from "./texts.js";

const RECENT = 5;
const RECENT_BESIDE = 2;

const form = document.getElementById("palette");
const input = form.elements.q;
const button = form.querySelector("button");
const completion = new Completion(input, { choose, own, shortest: 0 });
/* What had the focus before a key opened the palette. */
let before;

/** The question as it stands, and those that were asked in this browser. */
function own(typed) {
  const words = plain(typed).split(/\s+/);
  const recent = conversations()
    .filter(({ title }) => words.every((word) => plain(title).includes(word)))
    // What was asked twice is one question; the latest comes first.
    .filter(({ title }, place, all) => all.findIndex((one) => isAlike(one.title, title)) === place)
    .slice(0, typed ? RECENT_BESIDE : RECENT)
    .map(({ title, path }) => ({ kind: "recent", text: title, path }));
  const asked = { kind: "ask", text: text("palette.ask", { question: typed }), path: `/?${new URLSearchParams({ q: typed })}` };
  return typed ? [asked, ...recent] : recent;
}

function choose(suggestion) {
  close();
  follow(suggestion);
}

function isOpen() {
  return form.classList.contains("open");
}

function open() {
  if (isOpen()) return;
  form.classList.add("open");
  input.focus();
  completion.open();
}

/** Close the palette; the focus goes back to where it was. */
function close() {
  if (!isOpen()) return;
  const held = form.contains(document.activeElement);
  form.classList.remove("open");
  completion.close();
  input.value = "";
  if (!held) return;
  input.blur();
  before?.focus({ preventScroll: true });
  before = undefined;
}

function isWriting(element) {
  return element.matches("input, textarea, select, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const bySlash = event.key === "/" && plain && !isWriting(event.target);
  const byLetter = event.key.toLowerCase() === "k" && event.ctrlKey !== event.metaKey && !event.altKey && !event.shiftKey;
  if (event.defaultPrevented || event.isComposing || !(bySlash || byLetter)) return;
  event.preventDefault();
  if (!isOpen()) before = document.activeElement;
  open();
});

form.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  event.preventDefault();
  close();
});
input.addEventListener("click", open);
input.addEventListener("input", open);
button.addEventListener("click", close);
form.addEventListener("submit", (event) => {
  if (!input.value.trim()) event.preventDefault();
});
// A press on what is around the panel.
form.addEventListener("pointerdown", (event) => {
  if (event.target !== form) return;
  event.preventDefault();
  close();
});
form.addEventListener("focusout", () => {
  setTimeout(() => document.hasFocus() && !form.contains(document.activeElement) && close());
});
