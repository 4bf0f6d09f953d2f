/* Browse: the list follows the filter as one types. Without this script the server filters. */

import { plain } from "./plain.js";
import { text } from "./texts.js";

const PAUSE_MS = 250;

const filter = document.getElementById("filter");
const shown = document.getElementById("shown");
const asked = document.getElementById("asked");
const meant = document.getElementById("meant");
const sections = [...document.querySelectorAll(".browse section")];
const shelves = [...document.querySelectorAll(".counted li")];
const views = [...document.querySelectorAll(".views a")];
const total = document.querySelectorAll(".cards li").length;

let waiting = 0;

/* What an entry is found by is what the server finds it by: its names, and its first line. */
const items = new Map(
  [...document.querySelectorAll(".cards li")].map((item) => [
    item,
    plain(`${item.textContent} ${item.dataset.aliases}`),
  ]),
);

function apply() {
  const words = plain(filter.value).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const [number, section] of sections.entries()) {
    const own = [...section.querySelectorAll("li")];
    for (const item of own) item.hidden = !words.every((word) => items.get(item).includes(word));
    const left = own.filter((item) => !item.hidden).length;
    section.hidden = shelves[number].hidden = left === 0;
    for (const one of [section, shelves[number]]) one.querySelector(".count").textContent = left;
    if (!section.parentElement.closest("section")) count += left;
  }
  const query = filter.value.trim();
  const found = text(count ? "browse.by_name" : "browse.none", { count, total });
  shown.textContent = query ? found : "";
  asked.hidden = !query;
  asked.textContent = text("palette.ask", { question: query });
  asked.href = `/?${new URLSearchParams({ q: query })}`;
  remember(query);
  guess(count ? "" : query);
}

/** What the server takes for meant, where nothing is found. */
async function guess(query) {
  clearTimeout(waiting);
  meant.hidden = true;
  if (!query) return;
  await new Promise((done) => (waiting = setTimeout(done, PAUSE_MS)));
  try {
    const response = await fetch(`/browse?${new URLSearchParams({ q: query })}`);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const found = page.getElementById("meant");
    if (!found || found.hidden || filter.value.trim() !== query) return;
    meant.replaceChildren(...found.childNodes);
    meant.hidden = false;
  } catch {
    // Then nothing is guessed.
  }
}

/** The address shows the same list to whom it is sent, and after a way back; the other order keeps
    the filter. */
function remember(query) {
  history.replaceState(history.state, "", filtered(location, query));
  for (const view of views) view.href = filtered(view, query);
}

function filtered({ href }, query) {
  const address = new URL(href);
  if (query) address.searchParams.set("q", query);
  else address.searchParams.delete("q");
  return address;
}

filter.addEventListener("input", apply);
filter.form.addEventListener("submit", (event) => event.preventDefault());
filter.form.querySelector("button").hidden = true;
// A browser may bring back what was typed before the page was left.
if (filter.value !== filter.defaultValue) apply();
