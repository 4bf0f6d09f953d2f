/* Formulas, typeset by KaTeX (0.19.1, as npm ships it), which is loaded where there are any that the server has
   not drawn: it draws those of a page that is opened. */

import "./selected.js";

/* Below the address of this module, which tells what all files hold. */
const FOLDER = new URL("../katex/", import.meta.url);
const OPTIONS = { strict: "ignore", maxSize: 20, maxExpand: 200 };
/* Those in nearly every formula: a line that waits for its letters moves when they come. */
const FONTS = ["1em KaTeX_Main", "italic 1em KaTeX_Math"];
const PUNCTUATION = /^[.,;:!?)\]]+/;

let loading;

/** Typeset the formulas below an element; one that KaTeX cannot read stays as readable text. */
export async function typeset(root) {
  const formulas = [...root.querySelectorAll(".formula:not(.done)")].filter(isShown);
  if (!formulas.length) return;
  // A page that comes with such formulas comes with KaTeX: nothing is waited for before it is drawn.
  if (!window.katex) {
    try {
      await (loading ??= load());
    } catch {
      loading = undefined;
      return;
    }
  }
  for (const formula of formulas) {
    formula.dataset.readable = formula.textContent;
    try {
      window.katex.render(formula.dataset.tex, formula, OPTIONS);
      hold(formula);
    } catch {
      formula.textContent = formula.dataset.readable;
    }
    formula.classList.add("done");
  }
}

/** What is folded up may never be looked at. */
function isShown(formula) {
  return !formula.closest("details:not([open])");
}

/** Let a formula that is wider than its paragraph scroll by itself; call it once it is shown. */
export function fit(root) {
  for (const formula of root.querySelectorAll(".formula.done:not(.long)")) {
    const room = formula.parentElement.closest("p, td, dd, blockquote, div")?.clientWidth;
    const widest = Math.max(0, ...[...formula.querySelectorAll(".katex-base")].map((base) => base.offsetWidth));
    if (room && widest > room) {
      formula.classList.add("long");
      formula.tabIndex = 0;
    }
  }
}

/** Keep the full stop behind a formula on its line: as part of its last piece that can be moved. */
function hold(formula) {
  const text = formula.nextSibling;
  const mark = PUNCTUATION.exec(text?.data)?.[0];
  const last = [...formula.querySelectorAll(".katex-html > .katex-base")].at(-1);
  if (!mark || !last) return;
  text.deleteData(0, mark.length);
  last.append(mark);
  formula.dataset.readable += mark;
}

async function load() {
  await Promise.all([
    added("link", { rel: "stylesheet", href: new URL("katex.min.css", FOLDER) }),
    added("script", { src: new URL("katex.min.js", FOLDER) }),
  ]);
  await Promise.all(FONTS.map((font) => document.fonts.load(font)));
}

function added(tag, attributes) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.addEventListener("load", resolve);
    element.addEventListener("error", reject);
    document.head.append(element);
  });
}

async function show(root) {
  await typeset(root);
  fit(root);
}

show(document);
// What is unfolded, and the card of a citation.
document.addEventListener("toggle", (event) => show(event.target), { capture: true });
