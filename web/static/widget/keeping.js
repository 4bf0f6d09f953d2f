/* A piece of /widget.js: the conversation of a visit, kept in its tab until that is closed. */

const LONGEST_CONVERSATION = 20;

/** What the pages of a host remember of the questions to one server. */
class Conversation {
  #key;

  constructor(server) {
    this.#key = `${NAME} ${server}`;
  }

  /** `{open, turns: [{question, answer}]}`, as it was left on the page before. */
  read() {
    try {
      const { open = false, turns = [] } = JSON.parse(sessionStorage.getItem(this.#key)) ?? {};
      return { open, turns: turns.filter(({ answer }) => answer.parts && answer.citations) };
    } catch {
      // Nothing may be kept, or something else of this name was.
      return { open: false, turns: [] };
    }
  }

  write(open, turns) {
    const answered = turns.filter(({ answer }) => answer).slice(-LONGEST_CONVERSATION);
    const kept = answered.map(({ question, answer }) => ({ question, answer }));
    try {
      sessionStorage.setItem(this.#key, JSON.stringify({ open, turns: kept }));
    } catch {
      // There is no room, or the browser keeps nothing: the conversation ends with the page.
    }
  }
}
