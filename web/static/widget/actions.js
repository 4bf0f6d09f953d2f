/* A piece of /widget.js: what one does with an answer: vote on it, copy it, open it as a page. */

class Actions {
  #server;
  #turn;
  #key;
  /* The vote can be changed: the server keeps the last of this id. */
  #id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  #said = make("span", { role: "status" });

  constructor(server, turn, key) {
    this.#server = server;
    this.#turn = turn;
    this.#key = key;
    const votes = ["up", "down"].map((vote) => {
      const button = pictured(say(vote), THUMB, { class: vote, "aria-pressed": "false" });
      button.addEventListener("click", () => this.#vote(vote, button, votes));
      return button;
    });
    const copy = pictured(say("copy"), SHEETS);
    copy.addEventListener("click", () => this.#copy());
    const path = address([...turn.earlier, turn.question]);
    const whole = leading(server + path, { class: "whole" }, say("whole"));
    this.element = make("div", { class: "actions" }, ...votes, copy, whole, this.#said);
  }

  async #copy() {
    const taken = await isTaken(pasted(this.#server, this.#turn));
    this.#said.textContent = say(taken ? "copied" : "no_clipboard");
  }

  async #vote(vote, button, votes) {
    const { status, citations } = this.#turn.answer;
    const entries = [...new Set(citations.map(({ entry }) => entry))];
    const body = { id: this.#id, question: this.#turn.question, vote, answer_status: status, entries };
    try {
      const response = await post(`${this.#server}/api/feedback`, body, this.#key);
      if (!response.ok) throw new NoAnswer(await refusal(response, this.#key));
      for (const one of votes) one.setAttribute("aria-pressed", String(one === button));
      this.#said.textContent = say(`thanks_${vote}`);
    } catch (error) {
      this.#said.textContent = error instanceof NoAnswer ? error.message : say("unreachable");
    }
  }
}
