/* The page that a browser shows where the server cannot be reached: with what was asked before. */

import { conversations, questionsOf } from "./history.js";

const section = document.getElementById("asked");
const template = document.getElementById("conversation");

for (const one of conversations()) {
  const item = template.content.firstElementChild.cloneNode(true);
  Object.assign(item.querySelector("a"), { href: one.path, textContent: one.title });
  for (const question of questionsOf(one).filter((asked) => asked !== one.title)) {
    item.querySelector("ul").append(Object.assign(document.createElement("li"), { textContent: question }));
  }
  section.querySelector("ol").append(item);
  section.hidden = false;
}

addEventListener("online", () => location.reload());
