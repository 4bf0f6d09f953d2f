/* The box of a question: it grows with its lines, Enter asks, and its limit is told near its end. */

import { text } from "./texts.js";

/* The share of the limit from which it is shown. */
const NEAR = 0.9;

function attach(form) {
  const box = form.elements.question;
  const limit = form.querySelector(".limit");
  const most = Number(box.dataset.most);
  box.addEventListener("keydown", (event) => {
    const isChosen = box.hasAttribute("aria-activedescendant");
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || isChosen) return;
    event.preventDefault();
    form.requestSubmit();
  });
  box.addEventListener("input", () => {
    grow(box);
    // The server counts characters, a string has two places for some.
    const count = box.value.length > NEAR * most ? [...box.value].length : 0;
    const values = { count: written(count), most: written(most) };
    limit.hidden = count <= NEAR * most;
    limit.textContent = limit.hidden ? "" : text("composer.limit", values);
    limit.classList.toggle("over", count > most);
    box.setCustomValidity(count > most ? text("composer.over", values) : "");
  });
  grow(box);
}

/** Browsers without `field-sizing` are told the height. */
function grow(box) {
  if (CSS.supports("field-sizing", "content")) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}

function written(count) {
  return count.toLocaleString(document.body.dataset.language);
}

for (const form of document.querySelectorAll("form.ask")) attach(form);
