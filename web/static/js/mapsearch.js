/* The search on the map: lights up the dots that have the letters in their names, or, where none has,
   those that may be meant, and says so. */

import { text } from "./texts.js";

const PAUSE = 150;
/* So many entries are named as meant. */
const MOST = 3;

export class Search {
  #found = [];
  #request;
  #timer;

  /** Search with a field among dots; what is found is told in `said`. */
  constructor(field, said, spots) {
    Object.assign(this, { field, said, spots });
    field.addEventListener("input", () => this.#find());
    field.addEventListener("keydown", (event) => {
      const isOne = event.key === "Enter" && !event.isComposing && this.#found.length === 1;
      if (isOne) location.assign(this.#found[0].path);
    });
  }

  #find() {
    clearTimeout(this.#timer);
    this.#request?.abort();
    const typed = this.field.value.trim();
    this.#found = this.spots.find(typed);
    const count = this.#found.length;
    this.said.textContent = typed && count ? text("finding.count", { count }) : "";
    if (typed && !count) this.#timer = setTimeout(() => this.#guess(typed), PAUSE);
  }

  /** The entries that the server takes for meant. */
  async #guess(typed) {
    const { signal } = (this.#request = new AbortController());
    try {
      const query = new URLSearchParams({ q: typed, names: true });
      const response = await fetch(`/suggest?${query}`, { signal });
      if (!response.ok) throw new Error(response.statusText);
      const paths = (await response.json()).map(({ path }) => path);
      if (signal.aborted) return;
      this.#found = this.spots.choose(paths, MOST);
    } catch {
      // Then nothing is guessed.
      if (signal.aborted) return;
    }
    this.said.textContent = this.#found.length ? text("finding.meant", { names: this.#names() }) : text("finding.none");
  }

  #names() {
    const names = this.#found.map(({ name }) => name);
    return [names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(` ${text("finding.or")} `);
  }
}
