/* Why there is no answer, in a sentence that says what to do. */

import { Refused, Restarting } from "./stream.js";
import { text } from "./texts.js";

/** What to tell whoever asked; where nothing came from the server, it is tried out why. */
export async function failure(error, signal) {
  if (signal.aborted) return text("script.stopped");
  if (error instanceof Refused) return text("script.refused", { reason: error.message });
  if (error instanceof Restarting) return text("script.restarting");
  if (!navigator.onLine) return text("script.offline");
  if (await answers()) return text("script.broken");
  return text("script.unreachable");
}

function answers() {
  return fetch("/health", { cache: "no-store" }).then(({ ok }) => ok, () => false);
}
