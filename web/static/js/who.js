/* Who answers: quotes, or the LLM that the server has. The choice is kept in this browser. */

const KEY = "entrywise.llm";
let choices;

/** Show the choice that was kept, and keep the next. */
export function attach(form) {
  choices = form.elements.llm; // Missing where the server has no LLM.
  if (!choices) return;
  const kept = read();
  if (kept) choices.value = kept;
  for (const choice of choices) choice.addEventListener("change", () => store(choice.value));
}

/** Whether the LLM is to write. */
export function llm() {
  return choices?.value === "true";
}

function read() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // A browser that keeps nothing: quotes.
  }
}

function store(value) {
  try {
    localStorage.setItem(KEY, value);
  } catch {
    // The choice holds as long as the page.
  }
}
