/* To the clipboard: text for whatever takes text, and HTML beside it for what takes more. */

import { text as said } from "./texts.js";

/** Copy `{text, html}`; `html` may be missing. False where the browser does not allow it. */
export async function copy({ text, html }) {
  const kinds = { "text/plain": text, ...(html && { "text/html": html }) };
  try {
    const blobs = Object.entries(kinds).map(([type, one]) => [type, new Blob([one], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    return true;
  } catch {
    return copiedBySelection(kinds); // Over plain HTTP there is no clipboard to write to.
  }
}

function copiedBySelection(kinds) {
  const value = kinds["text/plain"];
  const area = Object.assign(document.createElement("textarea"), { value, className: "unseen" });
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const put = (event) => {
    for (const [type, one] of Object.entries(kinds)) event.clipboardData.setData(type, one);
    event.preventDefault();
  };
  document.addEventListener("copy", put);
  const copied = document.execCommand("copy");
  document.removeEventListener("copy", put);
  area.remove();
  focused?.focus({ preventScroll: true });
  return copied;
}

/** One quote as one pastes it: in the quotation marks of its language, with where it is from. */
export function quotation({ text, place, address }) {
  const quote = Object.assign(document.createElement("blockquote"), { textContent: text });
  const source = document.createElement("p");
  source.append(Object.assign(document.createElement("a"), { href: address, textContent: place }));
  return {
    text: `${said("script.quote", { text })}\n${place}: ${address}`,
    html: quote.outerHTML + source.outerHTML,
  };
}
