/* Compare: marks open their cards, and the boxes complete names. */

import { attach as attachCitations } from "./citations.js";
import "./code.js";
import { Completion } from "./complete.js";
import "./preview.js";

const difference = document.querySelector(".difference");
if (difference) attachCitations(difference);

const inputs = [...document.querySelectorAll(".sides input")];

/** Where all boxes are filled there is one more. */
function makeRoom() {
  const empty = inputs.find((input) => !input.value.trim());
  if (empty) empty.parentElement.hidden = false;
}

for (const input of inputs) {
  input.removeAttribute("list");
  input.addEventListener("input", makeRoom);
  new Completion(input, {
    names: true,
    choose: (entry) => {
      input.value = entry.text;
      makeRoom();
    },
  });
}
