/* Compare: marks open their cards, and the boxes complete names. */

import { attach as attachCitations } from "./citations.js";
import { attach as attachCompletion } from "./complete.js";

const difference = document.querySelector(".difference");
if (difference) attachCitations(difference);

for (const input of document.querySelectorAll(".sides input")) {
  input.removeAttribute("list");
  attachCompletion(input, (entry) => (input.value = entry.name));
}
