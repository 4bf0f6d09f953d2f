/* A button that copies something: it says so, to those who see the page and those who hear it, and
   nothing moves. */

import { copy } from "./clipboard.js";
import { text } from "./texts.js";

const SHOWN_FOR = 2500;
const said = document.getElementById("said");
let saying;
/* The button that shows that it has copied something, and until when. */
let taken;
let taking;

/** Say something for a moment, above the page. */
export function say(message) {
  clearTimeout(saying);
  said.textContent = message;
  saying = setTimeout(() => (said.textContent = ""), SHOWN_FOR);
}

/** Copy `{text, html}` for a button, and say it is `done`: the name of a text of the scripts. */
export async function take(button, copied, done) {
  const isCopied = await copy(copied);
  say(text(`script.${isCopied ? done : "no_clipboard"}`));
  rest();
  if (!isCopied) return;
  taken = button;
  taken.dataset.done = "";
  taking = setTimeout(rest, SHOWN_FOR);
}

/** The button is as it was: one at a time says that it is done. */
function rest() {
  clearTimeout(taking);
  delete taken?.dataset.done;
}
