/* The chat: questions are answered in place, one after the other, in one conversation. */

import { attach as attachCitations } from "./citations.js";
import { quotation } from "./clipboard.js";
import { Completion, follow } from "./complete.js";
import { saveJson, saveMarkdown } from "./export.js";
import { failure } from "./failure.js";
import {
  LONGEST_HISTORY,
  address,
  conversations,
  forget,
  isAddressOf,
  remember,
} from "./history.js";
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
let running;
/* What the conversation is remembered by. A link within the page clears `history.state`. */
let id = history.state?.id;

function questions() {
  return [...hidden, ...turns.filter((turn) => turn.counts).map((turn) => turn.question)];
}

/** Ask a question below what was asked before. */
function ask(question) {
  const earlier = questions().slice(-LONGEST_HISTORY);
  const turn = Turn.fresh((turns.at(-1)?.number ?? 0) + 1, earlier, question);
  turns.push(turn);
  conversation.append(turn.article);
  document.title = `${question} · ${site}`;
  turn.article.scrollIntoView({ behavior: still() ? "auto" : "smooth" });
  run(turn);
  return turn;
}

/** Answer a turn, for the first time or again; what was being answered is stopped. */
async function run(turn) {
  running?.abort();
  const controller = (running = new AbortController());
  show({ busy: true });
  try {
    await turn.ask(controller.signal, who.llm());
  } catch (error) {
    turn.fail(await failure(error, controller.signal));
    if (error instanceof Refused && !input.value) input.value = turn.question;
  }
  if (running !== controller) return;
  running = undefined;
  show({ busy: false });
  if (turn.counts) keep();
}

function show({ busy }) {
  if (!busy && document.activeElement === stop) input.focus();
  conversation.setAttribute("aria-busy", String(busy));
  submit.hidden = busy;
  stop.hidden = !busy;
}

/** The address, and this browser's memory, hold the conversation. */
function keep() {
  id = remember(questions(), id);
  history.replaceState({ id }, "", isAddressOf(questions()) ? null : address(questions()));
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
    run(turn);
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
  forget: () => {
    forget();
    listEarlier();
    input.focus();
  },
};

/** The conversations that this browser remembers, on the start page. */
function listEarlier() {
  const section = document.getElementById("earlier");
  const items = conversations().map(({ title, path, at }) => {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: path, textContent: title });
    const day = document.createElement("span");
    day.textContent = new Date(at).toLocaleDateString(document.body.dataset.language, { day: "numeric", month: "short" });
    item.append(link, day);
    return item;
  });
  section.querySelector("ol").replaceChildren(...items);
  section.hidden = items.length === 0;
}

function send(question) {
  input.value = "";
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

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-action]");
  if (button) ACTIONS[button.dataset.action]?.(button);
  const link = event.target.closest(".suggestions a, #examples ~ .questions a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  ask(link.textContent).heading.focus({ preventScroll: true });
});

for (const article of conversation.querySelectorAll(".turn")) {
  turns.push(Turn.shown(article, hidden.length + turns.length + 1, questions()));
}
if (turns.length) keep();
listEarlier();
who.attach(form);
attachCitations(conversation);
attachWishes(conversation);
new Completion(input, { choose: (one) => (one.kind === "question" ? send(one.text) : follow(one)) });
