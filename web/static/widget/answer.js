/* A piece of /widget.js: an answer as elements. What it says is text in them, never markup.

   It shows each kind of part as rag/render/visitor.py has it. */

/** An element with attributes and children; those that are null are left out. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A link to the server. It opens beside the page, on which the conversation would be lost. */
function leading(href, attributes, ...children) {
  return make("a", { href, target: "_blank", rel: "noopener", ...attributes }, ...children);
}

/** The address of an entry's page; ids may be paths. */
function entryAddress(server, id) {
  return `${server}/entry/${id.split("/").map(encodeURIComponent).join("/")}`;
}

/** The address of the page that shows a quote where it stands, marked. */
function quoteAddress(server, { entry, section, start, end }) {
  return `${entryAddress(server, entry)}?${new URLSearchParams({ section, start, end })}#quote`;
}

function sectionName(name) {
  return name === "oneliner" ? say("oneliner") : name.replaceAll("-", " ");
}

/** Whether a block of plain text is code or a table, whose lines stay as they are. */
function isCode(block) {
  return block.split("\n").every((line) => line.startsWith("    "));
}

/** The lines of a text, with the marks behind the last; one of a list hangs from its sign. */
function linesOf(block, marks) {
  const lines = block.match(/.*\n|.+$|^$/g);
  return lines.map((line, at) => {
    const behind = at === lines.length - 1 ? marks : [];
    return make("span", { class: /^ *(?:[•☐☑]|\d+\.) /.test(line) ? "item" : null }, line, ...behind);
  });
}

/** Lines without the indentation that all of them have: that of code, and of the list it is in. */
function flush(block) {
  const lines = block.split("\n");
  const indents = lines.filter((line) => line.trim()).map((line) => line.search(/\S/));
  return lines.map((line) => line.slice(Math.min(...indents))).join("\n");
}

/** Shows the parts of one answer; `citations` are empty until the whole of it is there. */
class Shown {
  #server;
  #citations;

  constructor(server, citations = []) {
    this.#server = server;
    this.#citations = new Map(citations.map((citation) => [citation.number, citation]));
  }

  /** One part. */
  part(part) {
    const said = part.aspect === EXCERPT ? part.heading?.replaceAll(" > ", "\u00a0› ") : part.heading;
    const heading = said ? make("h4", {}, said) : null;
    return make("div", { class: `part ${part.kind}` }, heading, this.#body(part));
  }

  #body(part) {
    if (part.kind === "table" && part.columns.some(Boolean)) {
      const rows = part.rows.map(({ aspect, cells }) => [[aspect], ...cells.map((cell) => this.#cell(cell))]);
      return this.#table(part.heading, ["", ...part.columns], rows);
    }
    if (part.kind === "table") return this.#list(part);
    if (part.blocks) return make("div", { class: "document" }, ...part.blocks.flatMap((block) => this.#block(block)));
    if (part.aspect === EXCERPT) return make("div", { class: "document" }, ...this.#excerpt(part));
    if (part.kind === "quote") return make("div", {}, ...this.#paragraphs(part));
    const doubt = part.supported === false ? ` (${UNSUPPORTED})` : null;
    return make("p", {}, part.text, ...this.#marks(part.citations), doubt);
  }

  /** What quotes of a document say, each with its mark: behind its last line, or below its code. */
  #excerpt({ text, citations }) {
    const cited = citations.map((number) => this.#citations.get(number));
    if (cited.includes(undefined)) return this.#blocks(text, citations);
    return cited.flatMap(({ plain, quote, number }) => this.#blocks(plain ?? quote, [number]));
  }

  #blocks(text, numbers) {
    const blocks = text.split("\n\n");
    if (numbers.length && isCode(blocks.at(-1))) blocks.push("");
    return blocks.map((block, at) => {
      if (isCode(block)) return copyable(flush(block));
      return make("p", {}, ...linesOf(block, at === blocks.length - 1 ? this.#marks(numbers) : []));
    });
  }

  /** A table of a document, or what stands around it; marks are behind its last words. */
  #block({ text, header, rows, citations }) {
    if (!rows) return this.#blocks(text, citations);
    const said = rows.map((cells) => cells.map((cell) => [cell]));
    said.at(-1)?.at(-1).push(...this.#marks(citations));
    return [this.#table(null, header, said)];
  }

  /* Where a table has to be stacked, its cells are no cells any more, and some browsers take that
     for their meaning as well: the roles keep it. */
  #table(heading, [corner, ...columns], rows) {
    const heads = columns.map((name) => make("th", { scope: "col", role: "columnheader" }, name));
    const lines = rows.map(([aspect, ...cells]) => {
      const head = make("th", { scope: "row", role: "rowheader" }, ...aspect);
      const filled = cells.map((cell, at) => {
        return make("td", { role: "cell", "data-column": columns[at] }, ...cell);
      });
      return make("tr", { role: "row" }, head, ...filled);
    });
    const first = corner ? make("th", { scope: "col", role: "columnheader" }, corner) : make("td", { role: "cell" });
    const top = make("tr", { role: "row" }, first, ...heads);
    return make(
      "table",
      { role: "table", "aria-label": heading },
      make("thead", { role: "rowgroup" }, top),
      make("tbody", { role: "rowgroup" }, ...lines),
    );
  }

  /** A table without columns: the parts of a name, or entries, each with its quotes. */
  #list({ rows }) {
    const items = rows.map(({ aspect, cells: [cell] }) => {
      return make("div", {}, make("dt", {}, aspect), make("dd", {}, ...this.#cell(cell)));
    });
    return make("dl", {}, ...items);
  }

  #cell(cell) {
    return cell ? this.#quotes(cell) : [make("span", { class: "absent" }, ABSENT)];
  }

  /** Quotes in a paragraph for each section; in one until it is known which they are of. */
  #paragraphs(part) {
    return paragraphsOf(part, this.#citations).map((pieces) => {
      return make("p", {}, ...pieces.flatMap((piece) => this.#quoted(piece)));
    });
  }

  #quotes({ text, citations }) {
    const pieces = piecesOf(text, citations, (number) => this.#citations.get(number)?.quote);
    return pieces.flatMap((piece) => this.#quoted(piece));
  }

  #quoted({ text, numbers }) {
    return [make("q", {}, text), ...this.#marks(numbers), " "];
  }

  /** Marks behind a text, from which no line break parts them. */
  #marks(numbers) {
    return numbers.flatMap((number) => ["\u00a0", this.#mark(number)]);
  }

  #mark(number) {
    const citation = this.#citations.get(number);
    if (!citation) return make("span", { class: "mark" }, `${number}`);
    const section = citation.heading ?? sectionName(citation.section);
    const place = say("mark", { number, title: citation.title, section });
    const attributes = { class: "mark", "aria-label": place };
    return leading(quoteAddress(this.#server, citation), attributes, `${number}`);
  }

  /** The entries that are quoted, each with its marks; null where none is. */
  sources() {
    const entries = Map.groupBy(this.#citations.values(), (citation) => citation.entry);
    const items = [...entries].map(([id, found]) => {
      const link = leading(entryAddress(this.#server, id), {}, found[0].title);
      return make("li", {}, link, ...this.#marks(found.map((citation) => citation.number)));
    });
    if (!items.length) return null;
    return make("div", { class: "sources" }, make("h4", {}, say("sources")), make("ul", {}, ...items));
  }
}
