/* Let the browser keep the page for when the server cannot be reached; browsers do over HTTPS. */

if ("serviceWorker" in navigator) {
  // What the page needs comes first.
  addEventListener("load", () => navigator.serviceWorker.register("/worker.js").catch(() => {}));
}
