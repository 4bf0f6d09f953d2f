/* A piece of /widget.js: where the element comes to stand. */

/** Put an element on the page, unless the page has one. */
function insert() {
  if (document.querySelector(NAME)) return;
  const element = document.createElement(NAME);
  Object.assign(element.dataset, SCRIPT.dataset);
  if ("inline" in SCRIPT.dataset) SCRIPT.after(element);
  else document.body.append(element);
}

/** Whether the browser has what is used here; the youngest of it is of 2024. */
function isAble() {
  return CSS.supports("color", "light-dark(red, blue)") && "any" in AbortSignal && "groupBy" in Map;
}

// A page may have the script twice.
if (isAble() && !customElements.get(NAME)) {
  customElements.define(NAME, EntrywiseChat);
  if (SCRIPT && document.readyState !== "loading") insert();
  else if (SCRIPT) document.addEventListener("DOMContentLoaded", insert);
}
