/* What a name or a link leads to, shown beside it: by a pointer that rests on it, by the focus, by a long press.
   Tab goes from name to name; Alt and the arrow down lead to the links of a card.
   https://www.w3.org/WAI/WCAG22/Understanding/content-on-hover-or-focus
   https://www.w3.org/WAI/ARIA/apg/patterns/tooltip/ */

const REST = 250;
const LEAVE = 200;
const PRESS = 450;
const GAP = 6;

const card = Object.assign(document.createElement("div"), { id: "preview", popover: "manual" });
document.querySelector("main").append(card);

let timer;
let shown;
let pressed;

/** Show the card of a link in so many milliseconds. */
function showIn(pause, link) {
  clearTimeout(timer);
  if (shown === link) return;
  timer = setTimeout(() => show(link), pause);
}

function hideIn(pause) {
  clearTimeout(timer);
  timer = setTimeout(hide, pause);
}

async function show(link) {
  hide();
  shown = link;
  const response = await fetch(link.pathname.replace("/entry/", "/preview/")).catch(() => null);
  // Meanwhile one may be elsewhere: the link leads there without its card.
  if (!response?.ok || shown !== link) return;
  card.innerHTML = await response.text();
  link.setAttribute("aria-describedby", card.id);
  const leadsOn = links().length > 0;
  if (leadsOn) link.setAttribute("aria-keyshortcuts", "Alt+ArrowDown");
  // A tooltip never has what takes the focus.
  card.role = leadsOn ? "dialog" : "tooltip";
  card.setAttribute("aria-labelledby", "preview-name");
  card.showPopover();
  place(link);
}

function hide() {
  clearTimeout(timer);
  for (const name of ["aria-describedby", "aria-keyshortcuts"]) shown?.removeAttribute(name);
  shown = undefined;
  if (card.matches(":popover-open")) card.hidePopover();
}

/** Below the link, or above it where there is more room; always inside the window. */
function place(link) {
  const at = link.getClientRects()[0];
  const { width, height } = card.getBoundingClientRect();
  const page = document.documentElement;
  const left = Math.max(GAP, Math.min(at.left, page.clientWidth - width - GAP));
  const below = at.bottom + GAP;
  const fits = below + height <= page.clientHeight || at.top < height + GAP;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${(fits ? below : at.top - GAP - height) + scrollY}px`;
}

function links() {
  return [...card.querySelectorAll("a")];
}

/** The name of an entry, or a link of a document to another page. */
function termOf({ target }) {
  const link = target.closest?.('a.term, .document a[href^="/entry/"]');
  return link?.pathname === location.pathname ? null : link;
}

document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  const link = termOf(event);
  if (link) showIn(REST, link);
  else if (card.contains(event.target)) clearTimeout(timer);
  else if (shown) hideIn(LEAVE);
  else clearTimeout(timer);
});
document.addEventListener("focusin", (event) => {
  const link = termOf(event);
  if (link?.matches(":focus-visible")) showIn(0, link);
  // A finger that lets go of a link focuses it.
  else if (!card.contains(event.target) && !(pressed && link === pressed)) hide();
});
document.addEventListener("focusout", (event) => {
  if (!card.contains(event.relatedTarget) && event.relatedTarget !== shown) hide();
});
document.addEventListener("keydown", (event) => {
  if (!shown) return;
  const inside = card.contains(event.target);
  if (event.key === "Escape") {
    if (inside) shown.focus();
    hide();
  } else if (event.key === "ArrowDown" && event.altKey && event.target === shown && links().length) {
    event.preventDefault();
    links()[0].focus();
  } else if (event.key === "Tab" && inside) {
    leave(event);
  }
});

/** Tab leads from the last link of the card on behind the name, back from the first one to it. */
function leave(event) {
  if (event.target !== links().at(event.shiftKey ? 0 : -1)) return;
  if (event.shiftKey) event.preventDefault();
  shown.focus();
}

/* A long press: the card stays until one taps elsewhere. */
document.addEventListener("touchstart", (event) => {
  if (!card.contains(event.target)) hide();
  const link = termOf(event);
  pressed = undefined;
  if (!link) return;
  timer = setTimeout(() => show((pressed = link)), PRESS);
}, { passive: true });
for (const name of ["touchmove", "touchend", "touchcancel"]) {
  document.addEventListener(name, () => pressed || clearTimeout(timer), { passive: true });
}
document.addEventListener("contextmenu", (event) => pressed && event.preventDefault());
document.addEventListener("click", (event) => {
  if (pressed && termOf(event) === pressed) event.preventDefault();
  else if (termOf(event)) hide();
});
