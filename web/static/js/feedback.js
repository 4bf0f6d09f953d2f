/* Votes on an answer: thumbs up or down, and then, if one likes, why. */

import { text } from "./texts.js";

const LONGEST_COMMENT = 2000;
const THUMB = "M7 10v11H3V10zM9 10l4-8c1.7 0 3 1.3 3 3l-.6 4H20a2 2 0 0 1 2 2.3l-1.4 8A2 2 0 0 1 18.6 21H9z";
const VOTES = ["up", "down"];

/** Put the votes on an answer into an element. */
export function attach(element, answer) {
  element.append(new Feedback(answer).element);
}

class Feedback {
  /* The vote can be changed, and a comment added: the server keeps the last of this id. */
  #id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  /* What the server has kept. */
  #vote;
  #comment = "";

  constructor(answer) {
    this.answer = answer;
    this.element = made("div", { className: "feedback" });
    this.buttons = VOTES.map((vote) => this.#button(vote));
    this.form = this.#form();
    this.status = made("span", { className: "said" });
    this.status.setAttribute("role", "status");
    const votes = made("span", { className: "votes" });
    votes.append(...this.buttons);
    this.element.append(votes, this.status, this.form);
  }

  #button(vote) {
    const button = made("button", { type: "button", className: "quiet", title: text(`votes.${vote}`) });
    button.dataset.vote = vote;
    button.setAttribute("aria-label", text(`votes.${vote}`));
    button.setAttribute("aria-pressed", "false");
    button.append(thumb());
    button.addEventListener("click", () => this.#give(vote));
    return button;
  }

  #form() {
    const form = made("form", { hidden: true });
    const label = made("label", {});
    this.why = made("span", {});
    const box = made("textarea", { rows: 2, maxLength: LONGEST_COMMENT, required: true });
    label.append(this.why, box);
    form.append(label, made("button", { type: "submit", textContent: text("votes.send") }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const comment = box.value.trim();
      this.#send(this.#vote, comment, text("votes.noted"), () => this.#close());
    });
    return form;
  }

  /** A vote that is changed keeps its comment; one that is given again is the same vote. */
  #give(vote) {
    if (vote !== this.#vote) this.#send(vote, this.#comment, text(`votes.thanks_${vote}`), () => this.#press());
  }

  #press() {
    for (const button of this.buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.vote === this.#vote));
    }
    this.why.textContent = text(`votes.why_${this.#vote}`);
    this.form.hidden = false;
    // Its last line, which the composer of a phone would cover.
    this.form.lastElementChild.scrollIntoView({ block: "nearest" });
  }

  /** The box goes; the focus, which was in it, stays with the vote. */
  #close() {
    this.form.hidden = true;
    this.buttons.find((button) => button.dataset.vote === this.#vote).focus();
  }

  async #send(vote, comment, thanks, then) {
    this.status.textContent = "";
    const { question, status, citations } = this.answer;
    const body = {
      id: this.#id,
      question,
      vote,
      comment,
      answer_status: status,
      entries: [...new Set(citations.map((citation) => citation.entry))],
    };
    try {
      const response = await fetch("/api/feedback", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error((await response.json()).detail);
      this.#vote = vote;
      this.#comment = comment;
      this.status.textContent = thanks;
      then();
    } catch (error) {
      const reason = error instanceof TypeError ? text("votes.unreachable") : error.message;
      this.status.textContent = text("votes.lost", { reason });
    }
  }
}

function made(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

function thumb() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", THUMB);
  svg.append(path);
  return svg;
}
