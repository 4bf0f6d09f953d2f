/* A piece of /widget.js: one question in the panel, with its answer as it comes. */

/** Questions that are asked by a press; null where there are none. Of "Page: Heading" the page stands apart. */
function offered(heading, questions, pages, level = "h4") {
  if (!questions.length) return null;
  const items = questions.map((value) => {
    const page = pages.find((one) => value.startsWith(`${one}: `));
    const said = page ? [value.slice(page.length + 2), " ", make("small", {}, page)] : [value];
    return make("li", {}, make("button", { type: "button", "data-action": "ask", value }, ...said));
  });
  return make("div", { class: "suggestions" }, make(level, {}, heading), make("ul", {}, ...items));
}

/** The parts that are shown: not the nearest entries by name, since suggestions lead to them; that there
 * is no answer, in the words of the pages. */
function told(parts) {
  return parts.filter(({ aspect }) => aspect !== NEAREST).map((part) => {
    return part.text === NOTHING ? { ...part, text: NO_ANSWER } : part;
  });
}

class Turn {
  #server;
  #key;
  #starters;
  #heading;
  #parts = make("div", { class: "parts" });
  #below = make("div", { class: "below" });

  /** A turn of a question that is still to be asked; `starters` makes questions to begin with. */
  constructor(server, question, key, starters) {
    this.#server = server;
    this.#key = key;
    this.#starters = starters;
    this.question = question;
    this.answer = null;
    /* What was asked before, which the question may refer to. */
    this.earlier = [];
    this.#heading = make("h3", { tabindex: "-1" }, question);
    this.article = make("article", { class: "turn" }, this.#heading, this.#parts, this.#below);
  }

  focus() {
    this.#heading.focus({ preventScroll: true });
  }

  /** Show that the answer is on its way. */
  begin() {
    this.answer = null;
    this.#parts.replaceChildren();
    this.#below.replaceChildren(make("p", { class: "waiting" }, say("searching")));
  }

  /** Show a part as it arrives. */
  add(part) {
    this.#parts.append(...told([part]).map((one) => new Shown(this.#server).part(one)));
  }

  /** Show the whole answer: its marks lead to the quotes now. */
  finish(answer, earlier) {
    Object.assign(this, { answer, earlier });
    const shown = new Shown(this.#server, answer.citations);
    this.article.className = `turn ${answer.status}`;
    this.#parts.replaceChildren(...this.parts.map((part) => shown.part(part)));
    const { element } = new Actions(this.#server, this, this.#key);
    const below = [shown.sources(), element, ...this.#suggestions(answer)];
    this.#below.replaceChildren(...below.filter(Boolean));
  }

  /** Say why there is no answer, or no more of it. */
  fail(message) {
    const again = make("button", { type: "button", "data-action": "again" }, say("again"));
    this.#below.replaceChildren(make("div", { class: "failure" }, make("p", {}, message), again));
  }

  /** What can be asked now; where a question is refused and nothing is near, to begin with. */
  #suggestions({ status, suggestions, citations, parts }) {
    if (parts.some(({ aspect }) => aspect === COURTESY)) return [];
    const answered = status !== "abstained";
    const refused = parts.some(({ aspect }) => aspect === REFUSAL);
    if (suggestions.length || answered) {
      const heading = answered ? NEXT : refused ? INSTEAD : say("starters");
      return [offered(heading, suggestions, citations.map(({ title }) => title))];
    }
    const link = leading(`${this.#server}/browse`, {}, say("everything"));
    return [make("p", {}, link), refused ? this.#starters() : null];
  }

  get parts() {
    return told(this.answer.parts);
  }

  /** What is heard of the answer when it is there: its beginning, and how much there is of it. */
  get gist() {
    const [part] = this.parts;
    const first = part?.kind === "table" ? part.heading : part?.text;
    const count = this.answer.citations.length;
    return `${first ?? say("answered")} ${count ? say("with", { count }) : ""}`.trim();
  }
}
