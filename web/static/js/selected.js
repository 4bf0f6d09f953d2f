/* What is selected and copied by hand. A formula is on a page twice, to be seen and to be heard: it is copied
   once, as it reads. */

document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (event.defaultPrevented || selection.isCollapsed || event.target.closest?.("input, textarea")) return;
  const copied = document.createElement("div");
  copied.append(whole(selection.getRangeAt(0)).cloneContents());
  const formulas = copied.querySelectorAll(".formula.done");
  if (!formulas.length) return;
  for (const formula of formulas) formula.replaceWith(formula.dataset.readable);
  for (const link of copied.querySelectorAll("a[href]")) link.setAttribute("href", link.href);
  // Where the lines of a text end is known of one that is laid out.
  copied.className = "unseen";
  document.body.append(copied);
  event.clipboardData.setData("text/plain", copied.innerText);
  event.clipboardData.setData("text/html", copied.innerHTML);
  copied.remove();
  event.preventDefault();
});

/** A range that holds no piece of a formula without the rest of it. */
function whole(range) {
  const wider = range.cloneRange();
  const [first, last] = [range.startContainer, range.endContainer].map(formulaOf);
  if (first) wider.setStartBefore(first);
  if (last) wider.setEndAfter(last);
  return wider;
}

function formulaOf(node) {
  return (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest(".formula.done");
}
