/* Code of documents: a button above it copies it, as it is typed. */

import { take } from "./taking.js";

const PROMPT = /^\s*(?:\$|PS(?: [^>]*)?>|>>>|\.\.\.)(?: |$)/;
const GOES_ON = /[\\`]$/;

document.addEventListener("click", ({ target }) => {
  const button = target.closest('[data-action="copy-code"]');
  if (button) take(button, { text: typed(button.closest(".code").querySelector("pre").textContent) }, "copied");
});

/** What one types of code: of what begins with a prompt, as a transcript does, the commands alone. */
function typed(code) {
  const lines = code.split("\n");
  if (!PROMPT.test(lines.find((line) => line.trim()) ?? "")) return code;
  const commands = lines.filter((line, place) => {
    const goesOn = place > 0 && GOES_ON.test(lines[place - 1]);
    return PROMPT.test(line) || goesOn;
  });
  return commands.map((line) => line.replace(PROMPT, "")).join("\n");
}
