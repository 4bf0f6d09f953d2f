/* The conversations that this browser remembers, listed: found again, renamed, pinned, deleted and brought
 * back. On the start page the list stands below the box, in a conversation a button opens it. */

import { change, conversations, questionsOf, remove, restore } from "./history.js";
import { plain } from "./plain.js";
import { text } from "./texts.js";

/* With more of them than one sees at once there is a box to find one in. */
const MANY = 6;

const section = document.getElementById("earlier");
const list = section.querySelector("ol");
const sought = section.querySelector("input");
const nothing = section.querySelector(".nothing");
const template = document.getElementById("kept");
const [said, undo] = section.querySelector(".deleted").children;
const forget = section.querySelector('[data-action="forget"]');
/* What was deleted last, for as long as the list is in sight. */
let deleted = [];

/** Show them: those that are pinned first, the latest before others. */
export function show() {
  const all = conversations();
  const words = plain(sought.value).split(/\s+/);
  const found = all.filter((one) => {
    const said = plain([one.title, ...questionsOf(one)].join(" "));
    return words.every((word) => said.includes(word));
  });
  const pinned = found.filter((one) => one.pinned);
  list.replaceChildren(...[...pinned, ...found.filter((one) => !one.pinned)].map(item));
  section.hidden = !(all.length || deleted.length);
  sought.hidden = all.length <= MANY;
  nothing.hidden = Boolean(found.length || !all.length);
  said.textContent = deleted.length ? text("conversations.deleted", { count: deleted.length }) : "";
  undo.hidden = !deleted.length;
  const free = all.filter((one) => !one.pinned);
  forget.hidden = !free.length;
  forget.textContent = text(`conversations.${free.length < all.length ? "forget_others" : "forget"}`);
}

/** In a conversation the list opens above it. */
export function tuck() {
  section.popover = "auto";
}

function item(one) {
  const element = template.content.firstElementChild.cloneNode(true);
  const link = element.querySelector("a");
  Object.assign(link, { href: one.path, textContent: one.title });
  if (one.id === history.state?.id) link.ariaCurrent = "page";
  element.dataset.id = one.id;
  element.querySelector(".day").textContent = day(one.at);
  for (const button of element.querySelectorAll("button")) {
    const name = button.dataset.action === "pin" && one.pinned ? "unpin" : button.dataset.action;
    button.ariaLabel = text(`conversations.${name}`, { title: one.title });
  }
  element.querySelector('[data-action="pin"]').ariaPressed = String(Boolean(one.pinned));
  return element;
}

/** When one was asked: of today and yesterday with the time, of others the day as pages write it. */
function day(at) {
  const { language } = document.body.dataset;
  const then = new Date(at);
  const before = (days) => new Date(new Date().setDate(new Date().getDate() - days)).toDateString();
  const near = ["today", "yesterday"].find((_, days) => then.toDateString() === before(days));
  const time = then.toLocaleTimeString(language, { timeStyle: "short" });
  if (near) return text(`conversations.${near}`, { time });
  const month = then.toLocaleDateString(language, { month: "long" });
  return text("date.day", { day: then.getDate(), month, year: then.getFullYear() });
}

function known(id) {
  return conversations().find((one) => one.id === id);
}

/** The row of a conversation, as it is shown now. */
function row(id) {
  return [...list.children].find((one) => one.dataset.id === id);
}

const ACTIONS = {
  pin: (id) => {
    change(id, { pinned: !known(id)?.pinned });
    show();
    row(id)?.querySelector('[data-action="pin"]').focus();
  },
  rename: (id) => {
    const link = row(id).querySelector("a");
    const box = Object.assign(document.createElement("input"), { value: link.textContent, maxLength: 200 });
    box.ariaLabel = text("conversations.title");
    link.replaceWith(box);
    box.select();
    box.addEventListener("keydown", (event) => {
      if (!["Enter", "Escape"].includes(event.key) || event.isComposing) return;
      event.preventDefault();
      if (event.key === "Escape") box.value = link.textContent;
      box.blur();
      row(id)?.querySelector("a").focus();
    });
    box.addEventListener("blur", () => {
      change(id, { title: box.value.trim() || link.textContent });
      show();
    });
  },
  delete: (id) => {
    const place = [...list.children].indexOf(row(id));
    deleted = remove((one) => one.id === id);
    show();
    const next = list.children[place] ?? list.lastElementChild;
    (next?.querySelector("a") ?? undo).focus();
  },
  forget: () => {
    deleted = remove((one) => !one.pinned);
    show();
    undo.focus();
  },
  undo: () => {
    const [{ id }] = deleted;
    restore(deleted);
    deleted = [];
    show();
    row(id)?.querySelector("a").focus();
  },
};

section.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-action]");
  if (button) ACTIONS[button.dataset.action](button.closest("li")?.dataset.id);
});
/* Not when it closes: with the row that has the focus, the way back to the button would go. */
section.addEventListener("beforetoggle", (event) => {
  if (event.newState !== "open") return;
  sought.value = "";
  deleted = [];
  show();
});
sought.addEventListener("input", show);
