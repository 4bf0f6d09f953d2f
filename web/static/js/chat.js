/* The chat: questions are answered in place, one after the other, in one conversation. */

import { LONGEST_HISTORY, address } from "./address.js";
import { attach as attachCitations, showFirst } from "./citations.js";
import { quotation } from "./clipboard.js";
import "./code.js";
import { Completion, follow } from "./complete.js";
import "./composer.js";
import { show as showConversations, tuck } from "./conversations.js";
import { saveJson, saveMarkdown } from "./export.js";
import { failure } from "./failure.js";
import { isAddressOf, remember } from "./history.js";
import "./preview.js";
import { Refused } from "./stream.js";
import { take } from "./taking.js";
import { Turn } from "./turn.js";
import * as who from "./who.js";
import { attach as attachWishes } from "./wish.js";

const conversation = document.getElementById("conversation");
const form = document.querySelector("form.ask");
const input = document.getElementById("question");
const [submit, stop] = form.querySelectorAll("button");
/* The questions before the first one on the page. */
const hidden = JSON.parse(conversation.dataset.hidden);
const turns = [];
const site = document.querySelector('meta[property="og:site_name"]').content;
/* Turns that wait for the one which is being answered. */
const waiting = [];
let running;
/* What the conversation is remembered by. A link within the page clears `history.state`. */
let id = history.state?.id;

/** The questions of the conversation, or those of it before a turn. */
function questions(before) {
  const some = before ? turns.slice(0, turns.indexOf(before)) : turns;
  return [...hidden, ...some.filter((turn) => turn.counts || turn.pending).map((turn) => turn.question)];
}

/** Ask a question below what was asked before. */
function ask(question) {
  const turn = Turn.fresh((turns.at(-1)?.number ?? 0) + 1, question);
  turns.push(turn);
  conversation.append(turn.article);
  tuck();
  document.title = `${question} · ${site}`;
  enqueue(turn);
  return turn;
}

/** Answer a turn, for the first time or again, once those that wait are answered. The address has the
 * question at once: whoever loads the page again gets its answer. */
function enqueue(turn) {
  turn.wait();
  waiting.push(turn);
  setAddress();
  next();
}

async function next() {
  if (running || !waiting.length) return;
  const turn = waiting.shift();
  const { signal } = (running = new AbortController());
  show();
  turn.article.scrollIntoView({ behavior: still() ? "auto" : "smooth" });
  try {
    await turn.ask(questions(turn).slice(-LONGEST_HISTORY), signal, who.llm());
    showFirst(turn.article);
    keep();
  } catch (error) {
    turn.fail(await failure(error, signal));
    const isRefused = error instanceof Refused;
    if (isRefused && !input.value) input.value = turn.question;
    // What the network lost stays in the address, to be asked when the page is loaded again.
    if (turn.counts) keep();
    else if (isRefused || signal.aborted) setAddress();
  }
  running = undefined;
  show();
  next();
}

/** Show whether a question is being answered: it can be stopped, and the next one be asked. */
function show() {
  const busy = Boolean(running);
  if (!busy && document.activeElement === stop) input.focus();
  conversation.setAttribute("aria-busy", String(busy));
  submit.hidden = busy && !input.value;
  stop.hidden = !busy;
}

/** The address, and this browser's memory, hold the conversation. */
function keep() {
  id = remember(questions(), id);
  setAddress();
}

function setAddress() {
  const asked = questions();
  const path = asked.length ? address(asked) : "/";
  history.replaceState({ id }, "", isAddressOf(asked) ? null : path);
  document.querySelector("footer .address").textContent = location.href.split("#")[0];
}

function still() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function turnOf(element) {
  const article = element.closest(".turn");
  return turns.find((turn) => turn.article === article);
}

const ACTIONS = {
  stop: () => {
    running?.abort();
    input.focus();
  },
  retry: (button) => {
    const turn = turnOf(button);
    turn.heading.focus();
    enqueue(turn);
  },
  reword: (button) => {
    input.value = button.parentElement.querySelector("a").textContent;
    // As if it were still being composed: what nobody has typed is not completed.
    input.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
    input.focus();
  },
  copy: (button) => take(button, turnOf(button).copies, "copied"),
  "copy-markdown": (button) => {
    take(button, { text: turnOf(button).copies.markdown }, "copied_markdown");
  },
  "copy-table": (button) => {
    const { csv, html } = turnOf(button).copies.table;
    take(button, { text: csv, html }, "copied_table");
  },
  /* It stands in the turn, and on the card as well. */
  "copy-quote": (button) => {
    const { turn, number } = button.dataset;
    const { copies } = turns.find((one) => one.number === Number(turn));
    take(button, quotation(copies.quotes[number - 1]), "copied_quote");
  },
  share: (button) => {
    const turn = turnOf(button);
    const { href } = new URL(address([...turn.earlier, turn.question]), location.href);
    take(button, { text: href }, "copied_link");
  },
  new: () => location.assign("/"),
  "export-markdown": () => saveMarkdown(turns.filter((turn) => turn.answer)),
  "export-json": () => saveJson(turns.filter((turn) => turn.answer)),
};

function send(question) {
  input.value = "";
  input.dispatchEvent(new Event("input"));
  const turn = ask(question);
  // A phone's keyboard would cover the answer.
  const focused = matchMedia("(pointer: coarse)").matches ? turn.heading : input;
  focused.focus({ preventScroll: true });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = input.value.trim();
  if (question) send(question);
});

input.addEventListener("input", show);

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-action]");
  if (button) ACTIONS[button.dataset.action]?.(button);
  const link = event.target.closest(".suggestions a, #examples ~ .questions a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  ask(link.dataset.question).heading.focus({ preventScroll: true });
});

for (const article of conversation.querySelectorAll(".turn")) {
  turns.push(Turn.shown(article, hidden.length + turns.length + 1, questions()));
  showFirst(article);
}
if (turns.length) {
  keep();
  tuck();
}
showConversations();
who.attach(form);
attachCitations(conversation);
attachWishes(conversation);
new Completion(input, { most: 3, choose: (one) => (one.kind === "question" ? send(one.text) : follow(one)) });
