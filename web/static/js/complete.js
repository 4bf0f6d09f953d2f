/* Search as you type: a combobox with a list of entries below a box.
   https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */

import { text } from "./texts.js";

const SHORTEST = 2;
const PAUSE = 60;

let lists = 0;

/** Suggest entries below a box; `choose` is called with the one that is taken. */
export function attach(input, choose = open) {
  new Completion(input, choose);
}

function open(entry) {
  location.assign(pathOf(entry));
}

function pathOf({ id }) {
  return `/entry/${id.split("/").map(encodeURIComponent).join("/")}`;
}

class Completion {
  #entries = [];
  #active = -1;
  #request;
  #timer;

  constructor(input, choose) {
    this.input = input;
    this.choose = choose;
    this.list = document.createElement("ul");
    this.list.id = `completions-${++lists}`;
    this.list.className = "completions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", text("completion.entries"));
    this.status = document.createElement("span");
    this.status.className = "unseen";
    this.status.setAttribute("role", "status");
    input.after(this.list, this.status);
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", this.list.id],
      ["autocomplete", "off"],
    ]) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", (event) => event.isComposing || this.#later());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.close());
    input.form?.addEventListener("submit", () => this.close());
    // A press would take the focus, and close the list before the click.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.#take(this.#positionOf(event.target)));
  }

  /** Close the list; what is still asked for is not shown any more. */
  close() {
    clearTimeout(this.#timer);
    this.#request?.abort();
    this.#show([]);
  }

  #later() {
    // What was chosen belonged to other letters: Enter asks what is in the box now.
    this.#activate(-1);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), PAUSE);
  }

  async #ask() {
    const typed = this.input.value.trim();
    this.#request?.abort();
    if (typed.length < SHORTEST) return this.#show([]);
    this.#request = new AbortController();
    try {
      const query = new URLSearchParams({ q: typed });
      const response = await fetch(`/suggest?${query}`, { signal: this.#request.signal });
      if (response.ok) this.#show(await response.json());
    } catch {
      // Overtaken by the next letter, or the server is away: the question can be asked without.
    }
  }

  #show(entries) {
    this.#entries = entries;
    this.list.replaceChildren(...entries.map((entry, position) => this.#option(entry, position)));
    this.list.hidden = entries.length === 0;
    this.input.setAttribute("aria-expanded", String(entries.length > 0));
    this.status.textContent = entries.length ? text("completion.count", { count: entries.length }) : "";
    this.#activate(-1);
  }

  #option({ name, oneliner }, position) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${position}`;
    option.setAttribute("role", "option");
    const title = Object.assign(document.createElement("strong"), { textContent: name });
    const what = Object.assign(document.createElement("span"), { textContent: oneliner });
    option.append(title, " ", what);
    return option;
  }

  #activate(position) {
    this.#active = position;
    for (const [number, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", String(number === position));
    }
    const option = this.list.children[position];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (this.list.hidden) {
      if (event.key === "ArrowDown") this.#ask();
      return;
    }
    // One place more than there are entries: the box itself.
    const places = this.#entries.length + 1;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) {
      this.#activate(((this.#active + 1 + moves[event.key] + places) % places) - 1);
    } else if (event.key === "Escape") {
      this.close();
    } else if (event.key === "Enter" && this.#active >= 0) {
      this.#take(this.#active);
    } else {
      return;
    }
    event.preventDefault();
  }

  #positionOf(element) {
    return [...this.list.children].indexOf(element.closest("[role=option]"));
  }

  #take(position) {
    const entry = this.#entries[position];
    if (!entry) return;
    this.close();
    this.choose(entry);
  }
}
