/* Compare: marks open their cards, and the boxes complete names. */

import { attach as attachCitations } from "./citations.js";
import { Completion } from "./complete.js";
import "./preview.js";

const difference = document.querySelector(".difference");
if (difference) attachCitations(difference);

for (const input of document.querySelectorAll(".sides input")) {
  input.removeAttribute("list");
  new Completion(input, { names: true, choose: (entry) => (input.value = entry.text) });
}
