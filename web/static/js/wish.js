/* "Tell the maintainers that this is missing": sent in place. Without this script it is a form. */

import { say } from "./taking.js";
import { text } from "./texts.js";

/** Send the wishes of all turns below an element in place. */
export function attach(root) {
  root.addEventListener("submit", async (event) => {
    const form = event.target.closest("form.wish");
    if (!form) return;
    event.preventDefault();
    if (await send(form)) thank(form.closest("details"));
    else say(text("script.not_wished"));
  });
  // Who opens it writes next; the focus comes in sight above the composer.
  root.addEventListener("toggle", ({ target }) => {
    if (target.open) target.querySelector(":scope > form.wish textarea")?.focus();
  }, { capture: true });
}

async function send(form) {
  const body = new URLSearchParams(new FormData(form));
  return fetch(form.action, { method: "POST", body }).then(({ ok }) => ok, () => false);
}

/** The form goes; the focus, which was in it, stays where it was. */
function thank(details) {
  const thanks = document.createElement("p");
  Object.assign(thanks, { className: "told", tabIndex: -1, textContent: text("script.wished") });
  details.replaceWith(thanks);
  thanks.focus({ preventScroll: true });
}
