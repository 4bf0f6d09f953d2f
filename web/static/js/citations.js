/* The card of a citation: its quote where it stands, shown beside the mark that was chosen. */

import { text } from "./texts.js";

const GAP = 8;
/* As wide, sources have a pane beside the answer (chat.css). */
const PANE = matchMedia("(min-width: 68.75rem)");
const card = document.getElementById("card");
let opener;

/** Open the cards of all marks below an element, those there are and those to come. */
export function attach(root) {
  root.addEventListener("click", (event) => {
    const mark = event.target.closest("a.mark");
    const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (mark && !modified && (follow(mark, { focus: true }) || open(mark))) event.preventDefault();
  });
  root.addEventListener("focusin", ({ target }) => target.matches("a.mark") && follow(target));
  root.addEventListener("keydown", (event) => {
    const source = event.key === "Escape" && event.target.closest(".sources li");
    if (source) focusOn(root.querySelector(`a.mark[href="#${source.id}"]`));
  });
  card.addEventListener("toggle", (event) => event.newState === "closed" && closed());
  card.addEventListener("keydown", (event) => {
    if (event.key === "Tab" && leaves(event.shiftKey)) close(event);
  });
  card.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !card.contains(relatedTarget)) card.hidePopover();
  });
}

/** Open the source of what answers by itself, else the first, where there is a pane, which would be a list of
 * numbers. The pane stays at its top: nobody has chosen a mark yet. */
export function showFirst(article) {
  const source = article.querySelector(".sources .answers");
  const mark = article.querySelector(source ? `.parts a.mark[href="#${source.id}"]` : ".parts a.mark");
  if (mark) follow(mark, { scroll: false });
}

/** Open the source of a mark in the pane, and close the others; false where there is no pane. */
function follow(mark, { focus = false, scroll = true } = {}) {
  const source = document.getElementById(mark.hash.slice(1));
  const pane = source?.closest(".turn .sources");
  if (!pane || !PANE.matches) return false;
  for (const one of pane.querySelectorAll("details")) one.open = source.contains(one);
  for (const one of mark.closest(".turn").querySelectorAll("a.mark")) {
    one.setAttribute("aria-expanded", String(one.hash === mark.hash));
  }
  if (scroll) reveal(source, pane);
  if (focus) source.querySelector("summary").focus({ preventScroll: true });
  return true;
}

/** Scroll a pane to a source that is not in sight, and to the name of its page where that is near. */
function reveal(source, pane) {
  const [at, seen] = [source, pane].map((one) => one.getBoundingClientRect());
  if (at.top >= seen.top && at.bottom <= seen.bottom) return;
  const names = [...pane.querySelectorAll(".entry")];
  const name = names.findLast((one) => one.compareDocumentPosition(source) & Node.DOCUMENT_POSITION_FOLLOWING);
  const { top } = name.getBoundingClientRect();
  const isNear = at.top - top < seen.height / 3;
  if (isNear && name === names[0]) pane.scrollTop = 0;
  else pane.scrollTop += (isNear ? top : at.top) - seen.top - GAP;
}

/** Focus a mark, of which a quote that is folded up is opened. */
function focusOn(mark) {
  for (let closed; (closed = mark?.closest("details:not([open])")); ) closed.open = true;
  mark?.focus();
}

/** Show the card of a mark; false while its source is not on the page yet. */
function open(mark) {
  const source = document.getElementById(mark.hash.slice(1));
  if (!source) return false;
  if (card.matches(":popover-open")) card.hidePopover();
  card.replaceChildren(source.querySelector(".excerpt").cloneNode(true), closeButton());
  card.setAttribute("aria-label", mark.getAttribute("aria-label"));
  opener = mark;
  mark.setAttribute("aria-expanded", "true");
  card.showPopover();
  place(mark);
  card.focus({ preventScroll: true });
  card.querySelector("mark, .quoted")?.scrollIntoView({ block: "nearest" });
  return true;
}

function closeButton() {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet" });
  button.textContent = text("script.close");
  button.addEventListener("click", close);
  return button;
}

/** Whether the Tab key leads out of the card. */
function leaves(backwards) {
  const places = [...card.querySelectorAll("a, button")].filter((one) => one.checkVisibility());
  const here = document.activeElement;
  return backwards ? here === card || here === places[0] : here === places.at(-1);
}

/** Close the card; the focus goes back to its mark, from which the next key leads on. */
function close(event) {
  event.preventDefault();
  const mark = opener;
  card.hidePopover();
  mark.focus({ preventScroll: true });
}

/** Below the mark, or above it where there is more room; always inside the window. */
function place(mark) {
  const at = mark.getClientRects()[0];
  const { width, height } = card.getBoundingClientRect();
  const page = document.documentElement;
  const left = Math.max(GAP, Math.min(at.left - 24, page.clientWidth - width - GAP));
  const below = at.bottom + GAP;
  const fits = below + height <= page.clientHeight || at.top < height + GAP;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${(fits ? below : at.top - GAP - height) + scrollY}px`;
}

/** The focus goes back to the mark, unless it was put elsewhere. */
function closed() {
  opener?.removeAttribute("aria-expanded");
  if (card.contains(document.activeElement) || document.activeElement === document.body) {
    opener?.focus({ preventScroll: true });
  }
  opener = undefined;
}
