/* What is being typed, completed: a combobox with a list of suggestions, by kind.
   https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */

import { marked } from "./marked.js";
import { isAlike } from "./plain.js";
import { text } from "./texts.js";

const PAUSE = 60;
/* Who writes more than this, or several lines, knows what they ask. */
const LONGEST = 120;
const ASKED = ["question", "example"];

let lists = 0;

/** Go where a suggestion leads. */
export function follow({ path }) {
  location.assign(path);
}

/**
 * Complete what is typed into a box.
 *
 * `choose` is called with the suggestion that is taken; with `names`, only entries are suggested; `own` gives
 * what this browser suggests before the server does; of each kind `most` are shown, and below `shortest`
 * letters nothing is.
 */
export class Completion {
  #found = [];
  #options = [];
  #active = -1;
  #request;
  #timer;

  constructor(input, { choose = follow, names = false, own = () => [], most = 9, shortest = 2 } = {}) {
    Object.assign(this, { input, choose, names, own, most, shortest });
    this.list = Object.assign(document.createElement("div"), { id: `completions-${++lists}`, className: "completions", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", text("completion.all"));
    this.status = Object.assign(document.createElement("span"), { className: "unseen" });
    this.status.setAttribute("role", "status");
    input.after(this.list, this.status);
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    /* A box of several lines may be no combobox: https://www.w3.org/TR/html-aria/#el-textarea */
    if (input.matches("input")) input.setAttribute("role", "combobox");
    else input.setAttribute("aria-haspopup", "listbox");
    this.#tellWhetherOpen();
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
    this.#found = [];
    this.#show([]);
  }

  /** Show what the box as it is may become. */
  async open() {
    const typed = this.input.value.trim();
    this.#request?.abort();
    if (typed.length < this.shortest || typed.length > LONGEST || typed.includes("\n")) return this.close();
    this.#show(this.#all(typed));
    const request = (this.#request = new AbortController());
    try {
      const query = new URLSearchParams({ q: typed, names: this.names });
      const response = await fetch(`/suggest?${query}`, { signal: request.signal });
      if (!response.ok || request !== this.#request) return;
      this.#found = this.#first(await response.json());
      this.#show(this.#all(typed));
      this.status.textContent = this.#said();
    } catch {
      // Overtaken by the next letter, or the server is away: the question can be asked without.
    }
  }

  /** What this browser suggests, then what the server does, without questions that were asked before. */
  #all(typed) {
    const own = this.own(typed);
    const asked = own.filter(({ kind }) => kind === "recent");
    const isAsked = ({ kind, text }) => ASKED.includes(kind) && asked.some((one) => isAlike(one.text, text));
    return [...own, ...this.#found.filter((one) => !isAsked(one))];
  }

  /** How many suggestions there are: to ask what is typed is none, and always possible. */
  #said() {
    const count = this.#options.filter(({ kind }) => kind !== "ask").length;
    if (count) return text("completion.count", { count });
    return this.#options.length ? text("completion.none") : "";
  }

  #first(found) {
    return found.filter(({ kind }, place) => {
      return found.slice(0, place).filter((one) => one.kind === kind).length < this.most;
    });
  }

  #later() {
    // What was chosen belonged to other letters: Enter asks what is in the box now.
    this.#activate(-1);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.open(), PAUSE);
  }

  #show(options) {
    this.#options = options;
    this.list.replaceChildren(...this.#groups());
    this.list.hidden = options.length === 0;
    this.#tellWhetherOpen();
    if (!options.length) this.status.textContent = "";
    this.#activate(-1);
  }

  #tellWhetherOpen() {
    if (this.input.matches("input")) this.input.setAttribute("aria-expanded", String(!this.list.hidden));
  }

  /** The options, those of a kind together below its name. */
  *#groups() {
    const words = this.input.value.trim().split(/\s+/);
    for (const kind of new Set(this.#options.map((option) => option.kind))) {
      const group = document.createElement("div");
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", text(`completion.${kind}`));
      group.dataset.kind = kind;
      for (const [place, option] of this.#options.entries()) {
        if (option.kind === kind) group.append(this.#option(option, place, words));
      }
      yield group;
    }
  }

  #option(suggestion, place, words) {
    const option = document.createElement("div");
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    const title = document.createElement("strong");
    title.append(...(suggestion.kind === "ask" ? [suggestion.text] : marked(suggestion.text, words)));
    option.append(title);
    for (const name of ["place", "what"]) {
      if (!suggestion[name]) continue;
      const more = Object.assign(document.createElement("span"), { className: name });
      // What it was found by: the words of a passage, and of a heading the page and what stands above it.
      const finds = suggestion.kind === { what: "passage", place: "section" }[name];
      more.append(...(finds ? marked(suggestion[name], words) : [suggestion[name]]));
      option.append(" ", more);
    }
    return option;
  }

  #activate(position) {
    this.#active = position;
    const options = [...this.list.querySelectorAll("[role=option]")];
    for (const [number, option] of options.entries()) {
      option.setAttribute("aria-selected", String(number === position));
    }
    const option = options[position];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (this.list.hidden) {
      if (event.key === "ArrowDown") this.open();
      return;
    }
    // One place more than there are options: the box itself.
    const places = this.#options.length + 1;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) {
      const position = ((this.#active + 1 + moves[event.key] + places) % places) - 1;
      // Enter asks as it is: the first press goes past that, to what is found.
      const isPast = this.#active < 0 && position === 0 && this.#options[0].kind === "ask" && places > 2;
      this.#activate(isPast ? 1 : position);
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
    return [...this.list.querySelectorAll("[role=option]")].indexOf(element.closest("[role=option]"));
  }

  #take(position) {
    const suggestion = this.#options[position];
    if (!suggestion) return;
    this.close();
    this.choose(suggestion);
  }
}
