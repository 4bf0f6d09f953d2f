/* A piece of /widget.js: one question to the server, and its answer as server-sent events. */

const PATIENCE_MS = 60_000;

/** A text of the widget's language, with what stands for each `{value}`. */
function say(name, values = {}) {
  const texts = [TEXTS[name]].flat();
  const text = values.count === 1 ? texts[0] : texts.at(-1);
  return text.replace(/\{(\w+)\}/g, (_, value) => values[value]);
}

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
    if (error.name === "TimeoutError") throw new NoAnswer(say("slow"));
    // A stream that is cut, or holds what is no JSON, broke off as well.
  }
  throw new NoAnswer(say("broken"));
}

/** Send JSON; no cookies go along. */
function post(url, body, key, { headers = {}, signal } = {}) {
  const all = { ...headers, "Content-Type": "application/json" };
  if (key) all.Authorization = `Bearer ${key}`;
  const request = { method: "POST", headers: all, body: JSON.stringify(body), signal };
  return fetch(url, { ...request, credentials: "omit" });
}

async function send(server, body, key, signal) {
  const headers = { Accept: "text/event-stream" };
  try {
    return await post(`${server}/api/ask`, body, key, { headers, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new NoAnswer(await silence(server));
  }
}

/** Why nothing came back. A browser tells a script only that a request failed: it is tried out. */
async function silence(server) {
  if (!navigator.onLine) return say("offline");
  if (await answers(`${server}/health`, "cors")) return say("failed");
  if (await answers(`${server}/widget.js`, "no-cors")) {
    return amiss("refused_here", { origin: location.origin });
  }
  return say("unreachable");
}

/** What is amiss with the page itself: its maintainers find the reason in the console, readers are told that
 * nothing can be asked here. */
function amiss(reason, values) {
  console.error(`Entrywise: ${say(reason, values)}`);
  return say("not_here");
}

async function answers(url, mode) {
  const request = { method: mode === "cors" ? "GET" : "HEAD", mode, cache: "no-store" };
  return fetch(url, request).then(() => true, () => false);
}

/** A refusal in words. */
async function refusal(response, key) {
  const { status, headers } = response;
  if (status === 429) {
    return say("often", { pause: pause(headers.get("Retry-After")) });
  }
  if (status === 401 || status === 403) {
    return amiss(key ? "wrong_key" : "no_key");
  }
  const { detail } = await response.json().catch(() => ({}));
  if (status < 500 && detail) return say("refused", { reason: detail });
  return say("failed");
}

/** What Retry-After asks for, in seconds or as a date. */
function pause(after) {
  const seconds = Math.ceil(Number(after) || (Date.parse(after) - Date.now()) / 1000);
  if (!(seconds > 0)) return say("moment");
  if (seconds > 90) return say("minutes", { count: Math.ceil(seconds / 60) });
  return say("seconds", { count: seconds });
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
