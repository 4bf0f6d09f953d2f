/* Code of documents: a button above it copies it, as it stands. */

import { take } from "./taking.js";

document.addEventListener("click", ({ target }) => {
  const button = target.closest('[data-action="copy-code"]');
  if (button) take(button, { text: button.closest(".code").querySelector("pre").textContent }, "copied");
});
