/* A piece of /widget.js: one question to the server, and its answer as server-sent events. */

const PATIENCE_MS = 60_000;

/** There is no answer; the message is a sentence that tells the reader why. */
class NoAnswer extends Error {}

/**
 * The whole answer to a question; `onPart` gets each part of it as it arrives.
 *
 * `body` is that of POST /api/ask. Throws NoAnswer, and AbortError when `signal` stops it.
 */
async function askServer(server, body, { key, signal, onPart }) {
  const stop = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    const response = await send(server, body, key, stop);
    if (!response.ok) throw new NoAnswer(await refusal(response, key));
    for await (const { name, data } of events(response.body)) {
      if (name === "answer") return data;
      onPart(data);
    }
  } catch (error) {
    if (error instanceof NoAnswer || signal.aborted) throw error;
    if (error.name === "TimeoutError") throw new NoAnswer("The server takes too long.");
    // A stream that is cut, or holds what is no JSON, broke off as well.
  }
  throw new NoAnswer("The answer broke off. Try again in a moment.");
}

async function send(server, body, key, signal) {
  const headers = { Accept: "text/event-stream", "Content-Type": "application/json" };
  if (key) headers.Authorization = `Bearer ${key}`;
  const request = { method: "POST", headers, body: JSON.stringify(body), signal };
  try {
    return await fetch(`${server}/api/ask`, { ...request, credentials: "omit" });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new NoAnswer(await silence(server));
  }
}

/** Why nothing came back. A browser tells a script only that a request failed: it is tried out. */
async function silence(server) {
  if (!navigator.onLine) return "You are offline. Try again when you are connected.";
  if (await answers(`${server}/health`, "cors")) return "The server failed. Try again in a moment.";
  if (await answers(`${server}/widget.js`, "no-cors")) {
    const remedy = `its setting cors_origins does not list ${location.origin}`;
    return `The server takes no questions from this page: ${remedy}.`;
  }
  return "The server cannot be reached. Try again in a moment.";
}

async function answers(url, mode) {
  const request = { method: mode === "cors" ? "GET" : "HEAD", mode, cache: "no-store" };
  return fetch(url, request).then(() => true, () => false);
}

/** A refusal in words. */
async function refusal(response, key) {
  const { status, headers } = response;
  if (status === 429) {
    return `Too many questions at once. Try again in ${pause(headers.get("Retry-After"))}.`;
  }
  if (status === 401 || status === 403) {
    if (key) return "The server does not take this page's key.";
    return "The server wants a key, and this page has none.";
  }
  const { detail } = await response.json().catch(() => ({}));
  if (status < 500 && detail) return `Not answered: ${detail}.`;
  return `The server failed (status ${status}). Try again in a moment.`;
}

/** What Retry-After asks for, in seconds or as a date. */
function pause(after) {
  const seconds = Math.ceil(Number(after) || (Date.parse(after) - Date.now()) / 1000);
  if (!(seconds > 0)) return "a moment";
  if (seconds > 90) return `${Math.ceil(seconds / 60)} minutes`;
  return seconds === 1 ? "a second" : `${seconds} seconds`;
}

/** The events of a stream, `{name, data}`. */
async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const blocks = (text + chunk.value).split("\n\n");
    text = blocks.pop();
    yield* blocks.filter((block) => !block.startsWith(":")).map(parsed);
  }
}

function parsed(block) {
  const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s)));
  return { name: fields.event, data: JSON.parse(fields.data) };
}
