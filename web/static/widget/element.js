/* A piece of /widget.js: the element. A button opens a panel, in which questions are answered. */

const NAME = "entrywise-chat";
const SCRIPT = document.currentScript;
/** Where the script comes from: the server, or its folder on a host with other things. */
const HOME = SCRIPT ? new URL(".", SCRIPT.src).href : location.origin;
/** Pixels, rounded up, of the line between two turns: it goes out of sight with the turn above. */
const LINE = 2;
const LONGEST_QUESTION = 10_000;
/** Where the window is the panel, nobody wants it open on the next page. */
const NARROW = matchMedia("(max-width: 30em), (max-height: 30em)");

const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);

/**
 * `<entrywise-chat server="…" data-title="…">`.
 *
 * Fires entrywise:open, :close, :ask `{question}`, :answer `{answer}` and :error `{message}`.
 */
class EntrywiseChat extends HTMLElement {
  static observedAttributes = ["data-title", "data-placeholder", "data-theme", "data-position", "data-accent"];

  #launcher = make("button", {
    type: "button",
    class: "launcher",
    "aria-haspopup": "dialog",
    "aria-expanded": "false",
    "aria-controls": "panel",
  });
  #title = make("h2", { id: "title" });
  #closer = pictured("", CROSS, { class: "closer" });
  #anew = pictured("", PLUS, { class: "closer", hidden: "" });
  /* Part by part it would be read while it comes: the status says it once. */
  #log = make("div", { class: "log", role: "log", "aria-live": "off", tabindex: "0" });
  #lead = make("div", { class: "lead" });
  #for = make("label", { for: "question", class: "unseen" });
  #send = make("button");
  #input = make("input", {
    id: "question",
    autocomplete: "off",
    enterkeyhint: "send",
    maxlength: LONGEST_QUESTION,
  });
  #status = make("p", { class: "unseen", role: "status" });
  #probe = make("span", { class: "unseen" });
  #panel = make("div", {
    class: "panel",
    id: "panel",
    role: "dialog",
    "aria-labelledby": "title",
    hidden: "",
  });
  #root = make("section", { class: "root", lang: LANGUAGE });
  #turns = [];
  #running = null;
  #opener = this.#launcher;
  #connection = null;

  constructor() {
    super();
    const form = make("form", {}, this.#for, this.#input, this.#send);
    const header = make("header", {}, this.#title, this.#anew, this.#closer);
    this.#log.append(this.#lead);
    this.#panel.append(header, this.#log, form);
    this.#root.append(this.#launcher, this.#panel, this.#status, this.#probe);
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(this.#root);
    this.#listen(form);
  }

  connectedCallback() {
    this.#connection = new AbortController();
    watchTheme(() => this.#follow(), this.#connection.signal);
    this.#say();
    this.#label();
    this.#follow();
    const wasOpen = this.#restore() && !NARROW.matches;
    const { open = "false" } = this.dataset;
    if (open !== "false" || wasOpen || this.#isInline) this.#toggle(true);
  }

  disconnectedCallback() {
    this.#connection.abort();
    this.#running?.abort();
  }

  attributeChangedCallback() {
    if (!this.isConnected) return;
    this.#label();
    this.#follow();
  }

  /** Open the panel and put the focus into its question. */
  open() {
    if (!this.#panel.hidden) return;
    const focused = document.activeElement;
    this.#opener = [this, document.body, null].includes(focused) ? this.#launcher : focused;
    this.#toggle(true);
    this.#input.focus();
    this.#emit("open");
  }

  /** Close the panel. A focus that was in it goes back to what opened it. */
  close() {
    if (this.#panel.hidden || this.#isInline) return;
    const focused = this.#panel.contains(this.shadowRoot.activeElement);
    this.#toggle(false);
    if (focused) (this.#opener.isConnected ? this.#opener : this.#launcher).focus();
    this.#emit("close");
  }

  /** Open the panel and ask; the Answer, or null where none comes. */
  async ask(question) {
    const asked = String(question).trim();
    if (!asked) return null;
    this.open();
    return this.#run(this.#turn(asked));
  }

  /** Forget the conversation, and begin another one. */
  clear() {
    this.#running?.abort();
    for (const { article } of this.#turns.splice(0)) article.remove();
    this.#anew.hidden = true;
    this.#keep();
    this.#input.focus();
  }

  #turn(question) {
    const turn = new Turn(this.#server, question, this.dataset.key, () => this.#starters());
    this.#turns.push(turn);
    this.#log.append(turn.article);
    this.#anew.hidden = false;
    return turn;
  }

  /** Show what was asked on the pages before; whether the panel was open there. */
  #restore() {
    const kept = this.#conversation.read();
    if (this.#turns.length) return false;
    for (const { question, answer } of kept.turns) {
      const turn = this.#turn(question);
      turn.finish(answer, this.#before(turn));
    }
    const last = this.#turns.at(-1);
    if (last) requestAnimationFrame(() => (this.#log.scrollTop = last.article.offsetTop + LINE));
    return kept.open;
  }

  #keep() {
    this.#conversation.write(!this.#panel.hidden, this.#turns);
  }

  get #conversation() {
    return new Conversation(this.#server);
  }

  get #isInline() {
    return (this.dataset.inline ?? "false") !== "false";
  }

  get #server() {
    return new URL(this.getAttribute("server") ?? HOME, document.baseURI).href.replace(/\/+$/, "");
  }

  #listen(form) {
    const press = () => (this.#panel.hidden ? this.open() : this.close());
    this.#launcher.addEventListener("click", press);
    this.#closer.addEventListener("click", () => this.close());
    this.#anew.addEventListener("click", () => this.clear());
    form.addEventListener("submit", (event) => this.#submit(event));
    this.#log.addEventListener("click", (event) => this.#act(event));
    this.#root.addEventListener("keydown", (event) => this.#key(event));
    // To the page, what is typed here is typed nowhere: it would be taken for its shortcuts.
    const keep = (event) => event.key !== "Escape" && event.stopPropagation();
    for (const name of ["keydown", "keypress", "keyup"]) this.#input.addEventListener(name, keep);
  }

  #key(event) {
    if (event.key !== "Escape" || event.isComposing || this.#panel.hidden || this.#isInline) return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }

  #submit(event) {
    event.preventDefault();
    const question = this.#input.value.trim();
    if (!question) return;
    this.#input.value = "";
    this.ask(question);
    // A phone's keyboard would cover the answer.
    if (matchMedia("(pointer: coarse)").matches) this.#turns.at(-1).focus();
  }

  /** A suggestion is asked, or a question is asked again; both buttons are gone then. */
  #act({ target }) {
    const button = target.closest("button[data-action]");
    if (!button) return;
    const turn = this.#turns.find(({ article }) => article.contains(button));
    const again = button.dataset.action === "again";
    if (again) this.#run(turn);
    else this.ask(button.value);
    (again ? turn : this.#turns.at(-1)).focus();
  }

  async #run(turn) {
    this.#running?.abort();
    const { signal } = (this.#running = new AbortController());
    turn.begin();
    this.#log.scrollTop = turn.article.offsetTop + LINE;
    this.#status.textContent = say("answering");
    this.#emit("ask", { question: turn.question });
    try {
      const history = this.#before(turn);
      const body = { question: turn.question, history, formulas: "text" };
      const options = { key: this.dataset.key, signal, onPart: (part) => turn.add(part) };
      turn.finish(await askServer(this.#server, body, options), history);
      // A panel that grows with its answers had no room to scroll before.
      if (this.#isInline) this.#log.scrollTop = turn.article.offsetTop + LINE;
    } catch (error) {
      this.#fail(turn, signal.aborted ? say("stopped") : error.message, signal);
      if (!signal.aborted && !(error instanceof NoAnswer)) throw error;
      return null;
    }
    this.#status.textContent = turn.gist;
    this.#keep();
    this.#emit("answer", { answer: turn.answer });
    return turn.answer;
  }

  #fail(turn, message, signal) {
    turn.fail(message);
    if (!signal.aborted) this.#status.textContent = message;
    this.#emit("error", { message });
  }

  /** The questions before a turn that were answered: what it may refer to. */
  #before(turn) {
    const earlier = this.#turns.slice(0, this.#turns.indexOf(turn)).filter(({ answer }) => answer);
    return earlier.map(({ question }) => question).slice(-LONGEST_HISTORY);
  }

  #toggle(open) {
    this.#panel.hidden = !open;
    this.#root.classList.toggle("open", open);
    this.#launcher.setAttribute("aria-expanded", String(open));
    if (open) this.#follow();
    this.#keep();
  }

  /** Put the texts in: those of the knowledge base's language, and the page's own in their place. */
  #say() {
    for (const [name, own] of Object.entries(this.dataset)) {
      const text = name.replace(/^text(.)/, (_, first) => first.toLowerCase());
      if (text !== name && text in TEXTS) TEXTS[text] = own;
    }
    for (const [button, name] of [[this.#closer, "close"], [this.#anew, "anew"]]) {
      button.setAttribute("aria-label", (button.title = say(name)));
    }
    this.#log.setAttribute("aria-label", say("conversation"));
    this.#for.textContent = say("placeholder");
    this.#send.textContent = say("ask");
    this.#lead.replaceChildren(...[make("p", {}, say("lead")), this.#starters("h3")].filter(Boolean));
  }

  /** Questions to begin with; null where there are none. */
  #starters(level) {
    const { starters } = this.dataset;
    const questions = starters === undefined ? STARTERS : starters.split("|").map((one) => one.trim());
    return offered(say("starters"), questions.filter(Boolean), PAGES, level);
  }

  #label() {
    const { title = TITLE, placeholder = say("placeholder"), position, logo, accent, onAccent } = this.dataset;
    const picture = () => (logo ? make("img", { src: logo, alt: "" }) : icon(SPEECH));
    this.#title.replaceChildren(...(logo ? [picture()] : []), title);
    this.#launcher.replaceChildren(picture(), title);
    this.#root.setAttribute("aria-label", title);
    this.#root.dataset.position = position === "left" ? "left" : "right";
    this.#root.classList.toggle("inline", this.#isInline);
    this.#panel.setAttribute("role", this.#isInline ? "region" : "dialog");
    this.#root.classList.toggle("accented", Boolean(accent));
    this.#root.style.setProperty("--chosen", accent ?? "");
    this.#root.style.setProperty("--fill", accent && onAccent ? accent : "");
    this.#root.style.setProperty("--on-accent", onAccent ?? "");
    this.#input.placeholder = placeholder;
  }

  /** Take the theme that was chosen, or the page's. */
  #follow() {
    const { theme } = this.dataset;
    const chosen = theme === "light" || theme === "dark";
    this.#root.dataset.theme = chosen ? theme : themeAround(this, this.#probe);
  }

  #emit(name, detail = {}) {
    const options = { detail, bubbles: true, composed: true };
    this.dispatchEvent(new CustomEvent(`entrywise:${name}`, options));
  }
}
