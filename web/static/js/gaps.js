/* Gaps: drafts are copied. */

import { take } from "./taking.js";

document.addEventListener("click", (event) => {
  const button = event.target.closest('[data-action="copy-draft"]');
  if (button) take(button, { text: button.closest(".draft").querySelector("pre").textContent }, "copied");
});
