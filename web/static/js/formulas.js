/* Formulas. The server draws them with KaTeX (0.19.1, as npm ships it), those of a page and those of an answer
   that comes later, which need KaTeX's style sheet; what it has not drawn is drawn here, by the same KaTeX. */

import "./selected.js";

/* Below the address of this module, which tells what all files hold. */
const FOLDER = new URL("../katex/", import.meta.url);
const OPTIONS = { strict: "ignore", maxSize: 20, maxExpand: 200 };
const PUNCTUATION = /^[.,;:!?)\]]+/;

/* Those in nearly every formula, which need not wait for the style sheet that names them. */
const FONTS = ["KaTeX_Main-Regular", "KaTeX_Math-Italic"];
const FONT = { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "anonymous" };

/* A page that comes with formulas comes with these: nothing is waited for before they are drawn. */
const style = once(() => {
  const href = new URL("katex.min.css", FOLDER);
  if (document.querySelector(`link[href="${href.pathname}"]`)) return null;
  for (const font of FONTS) added("link", { ...FONT, href: new URL(`fonts/${font}.woff2`, FOLDER) }).catch(() => {});
  return added("link", { rel: "stylesheet", href });
});
const script = once(() => (window.katex ? null : added("script", { src: new URL("katex.min.js", FOLDER) })));

/** Typeset the formulas below an element; one that KaTeX cannot read stays as readable text. */
export async function typeset(root) {
  for (const one of root.querySelectorAll("[data-style]")) {
    one.style.cssText = one.dataset.style;
    one.removeAttribute("data-style");
  }
  const drawn = [...root.querySelectorAll(".formula.done")];
  const left = [...root.querySelectorAll(".formula:not(.done)")].filter(isShown);
  if (!drawn.length && !left.length) return;
  const [styled, scripted] = await Promise.allSettled([style(), left.length && script()]);
  if (styled.reason) {
    for (const formula of drawn) formula.textContent = formula.dataset.readable;
    return;
  }
  if (!scripted.reason) left.forEach(draw);
  if (!root.isConnected) await letters([...drawn, ...left]);
}

function draw(formula) {
  formula.dataset.readable = formula.textContent;
  try {
    window.katex.render(formula.dataset.tex, formula, OPTIONS);
    hold(formula);
  } catch {
    formula.textContent = formula.dataset.readable;
  }
  formula.classList.add("done");
}

/** Wait for the letters of formulas that are not on the page yet: a line moves when they come. */
async function letters(formulas) {
  const holder = document.createElement("div");
  Object.assign(holder, { className: "unseen", ariaHidden: "true" });
  holder.append(...formulas.map((one) => one.cloneNode(true)));
  document.body.append(holder);
  // Laid out, they ask for them.
  holder.getBoundingClientRect();
  await document.fonts.ready;
  holder.remove();
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

/** What loads something once, and again where it failed. */
function once(load) {
  let loading;
  return () =>
    (loading ??= (async () => load())().catch((error) => {
      loading = undefined;
      throw error;
    }));
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
