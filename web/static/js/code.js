/* Code of documents: a button above it copies it, as it is typed. */

import { take } from "./taking.js";
import { typed } from "./typed.js";

document.addEventListener("click", ({ target }) => {
  const button = target.closest('[data-action="copy-code"]');
  if (button) take(button, { text: typed(button.closest(".code").querySelector("pre").textContent) }, "copied");
});
