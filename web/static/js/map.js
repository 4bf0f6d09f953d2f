/* The map: pan and zoom, a card on each entry, a search, and a view that glides into the other.
   Without this script it is a picture whose dots are links. */

import { Camera, steer } from "./camera.js";
import { Card } from "./mapcard.js";
import { Search } from "./mapsearch.js";
import { Spots } from "./spots.js";

const GLIDE = 700;
/* A dot that the keyboard comes to is at least so far inside. */
const EDGE = 24;
/* A pointer that moves less between press and release was meant to choose, not to pan. */
const STILL = 4;
/* A finger is meant for the nearest dot that is no further away: it covers twice as much. */
const REACH = 22;
/* Around the drawing is a margin: so much of it may lie below the buttons. */
const GAP = 16;

const map = document.querySelector(".map");
const frame = map.querySelector(".frame");
const svg = map.querySelector("svg");
const buttons = frame.querySelector(".zoom");
const { width, height } = drawing();
const camera = new Camera(width, height);
const spots = new Spots(svg, camera);
const card = new Card(frame.querySelector(".about"), map);
new Search(map.querySelector(".find input"), map.querySelector("#found"), spots);
let whole = true;
let first = true;
let pressed;
/* The change of view that is under way; the next one ends it. */
let showing;

/** The size of the drawing: what the picture shows, without its margins. */
function drawing() {
  const { x, y, width, height } = svg.viewBox.baseVal;
  return { width: width + 2 * x, height: height + 2 * y };
}

/** A unit of the picture is a pixel, so that names are as large as text, however wide the page. */
function fit() {
  // Live is a map whose dots stand where a pointer finds them.
  if (first) map.classList.add("live");
  const { width, height } = svg.getBoundingClientRect();
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const { offsetLeft: left, offsetTop: top, offsetWidth, offsetHeight } = buttons;
  spots.covered = { left, right: left + offsetWidth, top, bottom: top + offsetHeight };
  if (whole) showAll(width, height);
  if (first) lookAtLit(width, height);
  first = false;
  spots.draw();
}

/** The whole drawing, beside the buttons. */
function showAll(width, height) {
  camera.showAll(width, height, buttons.offsetLeft + buttons.offsetWidth - GAP);
}

/** The entries that the address names are what one came to see. */
function lookAtLit(width, height) {
  const lit = spots.all.filter((spot) => spot.given);
  if (lit.length === 0) return;
  whole = false;
  showAll(width, height);
  camera.frame(lit, width, height);
}

function zoom(factor) {
  const { width, height } = svg.getBoundingClientRect();
  whole = factor === 0;
  if (whole) showAll(width, height);
  else camera.zoom(factor, width / 2, height / 2);
  spots.draw();
}

/** Look at one entry: its card, and its links. */
function look(spot) {
  spots.look(spot);
  card.show(spot, spots);
}

/** Bring an entry into the window. */
function bringIn(spot) {
  const { x, y } = camera.seen(spot);
  const { width, height } = svg.getBoundingClientRect();
  const right = Math.max(EDGE - x, 0) + Math.min(width - EDGE - x, 0);
  const down = Math.max(EDGE - y, 0) + Math.min(height - EDGE - y, 0);
  if (!right && !down) return;
  whole = false;
  camera.pan(right, down);
  spots.draw();
}

/** Show another view, behind its address: the server draws it, the dots glide there. */
async function show(address) {
  showing?.abort();
  const { signal } = (showing = new AbortController());
  frame.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { signal });
    if (!response.ok) throw new Error(response.statusText);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    map.querySelector("#view").replaceChildren(...page.querySelector("#view").childNodes);
    // The links stay, and with them the focus.
    const links = map.querySelectorAll(".views a");
    for (const [number, { href, ariaCurrent }] of page.querySelectorAll(".views a").entries()) {
      Object.assign(links[number], { href, ariaCurrent });
    }
    svg.dataset.view = page.querySelector(".map svg").dataset.view;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    spots.glide(page.querySelectorAll(".spot"), still ? 0 : GLIDE, signal);
  } catch {
    if (!signal.aborted) location.assign(address);
  } finally {
    if (!signal.aborted) frame.removeAttribute("aria-busy");
  }
}

const KEYS = { "+": () => zoom(1.5), "=": () => zoom(1.5), "-": () => zoom(1 / 1.5), 0: () => zoom(0) };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

svg.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const spot = spots.of(event.target);
  if (event.key in ARROWS && spot) spots.next(spot, ...ARROWS[event.key])?.element.focus();
  else if (event.key in KEYS) KEYS[event.key]();
  else return;
  event.preventDefault();
});

addEventListener("keydown", (event) => event.key === "Escape" && leave());

function leave() {
  spots.look(null);
  card.hide();
}

svg.addEventListener("pointerover", (event) => {
  const spot = event.pointerType === "mouse" && event.buttons === 0 && spots.of(event.target);
  if (spot) look(spot);
});
svg.addEventListener("focusin", (event) => {
  const spot = spots.of(event.target);
  if (!spot || !event.target.matches(":focus-visible")) return;
  spots.enter(spot);
  bringIn(spot);
  look(spot);
});
svg.addEventListener("pointerdown", (event) => {
  pressed = { x: event.clientX, y: event.clientY, type: event.pointerType };
});
svg.addEventListener("click", (event) => {
  const hit = spots.of(event.target);
  const spot = hit ?? (pressed?.type === "touch" ? nearest(event) : undefined);
  const moved = pressed && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > STILL;
  // A finger cannot hover: the first tap tells what the dot is, the card leads on.
  const first = pressed?.type !== "mouse" && event.detail > 0 && spot && spots.seen !== spot;
  if (moved || first) event.preventDefault();
  if (!moved && first) look(spot);
  if (!moved && !spot) leave();
  if (!moved && spot && !hit && !first) location.assign(spot.path);
});

function nearest({ clientX, clientY }) {
  const { left, top } = svg.getBoundingClientRect();
  return spots.nearest(clientX - left, clientY - top, REACH);
}

svg.addEventListener("dragstart", (event) => event.preventDefault());
steer(svg, camera, () => {
  whole = false;
  spots.draw();
});

buttons.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) zoom(Number(button.dataset.zoom));
});
for (const kind of ["pointerover", "focusin"]) {
  map.querySelector(".legend").addEventListener(kind, (event) => {
    spots.only(event.target.closest("li")?.dataset.category);
  });
}
for (const kind of ["pointerleave", "focusout"]) {
  map.querySelector(".legend").addEventListener(kind, () => spots.only(undefined));
}
// Where nothing is linked there is one view.
map.querySelector(".views")?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  show(link.href);
});
addEventListener("popstate", () => location.hash || show(location.href));

new ResizeObserver(fit).observe(svg);
