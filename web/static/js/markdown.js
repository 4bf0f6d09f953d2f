/* An entry as Markdown: a button copies it, to be pasted into a note or given to a program. */

import { take } from "./taking.js";

const button = document.querySelector(".aside [data-action='copy-markdown']");

button.addEventListener("click", async () => {
  const { path } = button.dataset;
  try {
    const response = await fetch(path);
    if (!response.ok) throw new Error(response.statusText);
    await take(button, { text: await response.text() }, "copied_markdown");
  } catch {
    // What cannot be copied can be seen, or why not.
    location.assign(path);
  }
});
