/* One turn on the page: a question, and its answer as it comes. Its HTML is the server's. */

import { attach as attachFeedback } from "./feedback.js";
import { fit, typeset } from "./formulas.js";
import { events } from "./stream.js";

const BOLD = '600 1em "Source Serif"';
const PATIENCE = 300;

/** A copy of the first element of a template of the page. */
function copyOf(template) {
  return document.getElementById(template).content.firstElementChild.cloneNode(true);
}

/** Wait for the bold letters of documents, which a slow network may owe. */
function boldLetters() {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  return Promise.race([document.fonts.load(BOLD), late]);
}

export class Turn {
  /** The turn that an article shows. */
  constructor(article, number, earlier, question) {
    Object.assign(this, { article, number, earlier, question, answer: null, copies: null, pending: false });
  }

  /** A turn that the server has put on the page with its answer. */
  static shown(article, number, earlier) {
    const turn = new Turn(article, number, earlier, article.querySelector(".asked").textContent);
    turn.#complete(JSON.parse(article.dataset.answer), JSON.parse(article.dataset.copies));
    return turn;
  }

  /** A turn whose question is still to be asked. */
  static fresh(number, question) {
    const turn = new Turn(copyOf("turn"), number, [], question);
    turn.article.id = `t${number}`;
    turn.article.querySelector(".asked").textContent = question;
    return turn;
  }

  /** Whether the question was answered, if only in part. */
  get counts() {
    return this.answer !== null || this.#parts.querySelector(".part") !== null;
  }

  /** Wait for the answer of a turn before this one. */
  wait() {
    this.pending = true;
    this.answer = this.copies = null;
    this.#parts.replaceChildren(copyOf("queued"));
    this.#below.replaceChildren();
  }

  get heading() {
    return this.article.querySelector(".asked");
  }

  get #parts() {
    return this.article.querySelector(".parts");
  }

  get #below() {
    return this.article.querySelector(".below");
  }

  /**
   * Ask the question after those before it, and show the answer as it arrives, written by the LLM
   * if `llm`. Throws what `events` throws.
   */
  async ask(earlier, signal, llm) {
    this.earlier = earlier;
    this.article.setAttribute("aria-busy", "true");
    this.#parts.replaceChildren(copyOf(llm ? "writing" : "waiting"));
    const { question, number } = this;
    try {
      const body = { question, history: earlier, turn: number, llm };
      for await (const { name, data } of events(body, signal)) {
        if (name === "answer" || !llm) this.#endWaiting();
        await this.#show(data.html, name === "part" ? this.#parts : this.#below);
        if (name === "answer") this.#complete(data.answer, data.copies);
      }
    } finally {
      this.#endWaiting();
      this.pending = false;
      this.article.removeAttribute("aria-busy");
    }
  }

  #endWaiting() {
    this.#parts.querySelector(".waiting, .writing")?.remove();
  }

  /** Say why there is no answer, or no more of it. */
  fail(message) {
    const failure = copyOf("failure");
    failure.querySelector("p").textContent = message;
    this.#below.replaceChildren(failure);
  }

  /** Formulas are typeset, and bold letters there, before they are shown, so that no line moves. */
  async #show(html, place) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const isBold = holder.content.querySelector(".document strong");
    await Promise.all([typeset(holder.content), isBold && boldLetters()]);
    // What says that more is being written stays below what is.
    place.insertBefore(holder.content, place.querySelector(".writing"));
    fit(place);
  }

  #complete(answer, copies) {
    Object.assign(this, { answer, copies });
    this.article.querySelector(".answer").className = `answer ${answer.status}`;
    const table = this.#below.querySelector('[data-action="copy-table"]');
    if (table) table.hidden = !copies.table;
    // Of a refusal the maintainers are told; there is nothing to vote on.
    const actions = this.#below.querySelector(".actions");
    if (actions && !this.#below.querySelector(".wish")) attachFeedback(actions, answer);
  }
}
