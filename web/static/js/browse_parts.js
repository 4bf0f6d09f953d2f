/* Browse where the entries are many: the server filters, here as one types. Without this script a
   button sends the filter. */

const PAUSE_MS = 250;

const filter = document.getElementById("filter");
const list = () => document.getElementById("list");
const everything = list().cloneNode(true);
/* The address of the whole list, or of the part or category that was opened. */
const unfiltered = everything.querySelector(".turn-pages") ? location.href : location.pathname;
let waiting = 0;
let asked = null;

async function apply() {
  const query = filter.value.trim();
  const address = query ? `/browse?${new URLSearchParams({ q: query })}` : unfiltered;
  asked?.abort();
  if (!query && everything.querySelector(".turn-pages")) {
    list().replaceWith(everything.cloneNode(true));
  } else {
    asked = new AbortController();
    const found = await page(address, asked.signal);
    if (!found) return;
    list().replaceWith(found);
  }
  // The address shows the same list to whom it is sent, and after a way back.
  history.replaceState(history.state, "", address);
}

/** The list of a page, or null where it does not come, or not in time. */
async function page(address, signal) {
  try {
    const response = await fetch(address, { signal });
    if (!response.ok) return null;
    const text = await response.text();
    return new DOMParser().parseFromString(text, "text/html").getElementById("list");
  } catch {
    return null;
  }
}

filter.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(apply, PAUSE_MS);
});
filter.form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  apply();
});
filter.form.querySelector("button").hidden = true;
