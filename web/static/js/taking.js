/* A button that copies something: it says so, to those who see the page and those who hear it, and
   nothing moves. */

import { copy } from "./clipboard.js";
import { text } from "./texts.js";

const SHOWN_FOR = 2500;
const said = document.getElementById("said");
let saying;

/** Say something for a moment, above the page. */
export function say(message) {
  clearTimeout(saying);
  said.textContent = message;
  saying = setTimeout(() => (said.textContent = ""), SHOWN_FOR);
}

/** Copy `{text, html}` for a button, and say it is `done`: the name of a text of the scripts. */
export async function take(button, copied, done) {
  const taken = await copy(copied);
  say(text(`script.${taken ? done : "no_clipboard"}`));
  if (!taken) return;
  button.dataset.done = "";
  setTimeout(() => delete button.dataset.done, SHOWN_FOR);
}
