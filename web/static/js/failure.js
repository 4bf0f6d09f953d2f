/* Why there is no answer, in a sentence that says what to do. */

import { Refused, Restarting } from "./stream.js";

/** What to tell whoever asked; where nothing came from the server, it is tried out why. */
export async function failure(error, signal) {
  if (signal.aborted) return "Stopped.";
  if (error instanceof Refused) return `Not answered: ${error.message}.`;
  if (error instanceof Restarting) return "The server is restarting. Ask again in a moment.";
  if (!navigator.onLine) return "You are offline. Ask again when you are connected.";
  if (await answers()) return "The answer broke off. Ask again.";
  return "The server cannot be reached. Check the connection, then ask again.";
}

function answers() {
  return fetch("/health", { cache: "no-store" }).then(({ ok }) => ok, () => false);
}
