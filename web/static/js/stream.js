/* One question to the server, and its answer as server-sent events. */

/** The server read the question and will not answer it: asking again does not help. */
export class Refused extends Error {}

/** Something stands before the server, and gets nothing from it at the moment. */
export class Restarting extends Error {}

const AWAY = [502, 503, 504];

/**
 * The events of an answer, `{name, data}`, as they arrive.
 *
 * Throws Refused with the server's words, Restarting, AbortError when `signal` stops it, and another Error
 * when the server cannot be reached or the answer breaks off.
 */
export async function* events(body, signal) {
  const response = await fetch("/chat", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok) await refuse(response);
  let last;
  for await (const block of blocks(response.body)) {
    if (block.startsWith(":")) continue; // A comment: the server waits itself.
    last = read(block);
    yield last;
  }
  if (last?.name !== "answer") throw new Error("the answer broke off");
}

async function refuse(response) {
  const problem = await response.json().catch(() => ({}));
  if (AWAY.includes(response.status)) throw new Restarting();
  const Kind = response.status < 500 ? Refused : Error;
  throw new Kind(problem.detail ?? `the server answered with status ${response.status}`);
}

/** The stretches of a stream of text between empty lines. */
async function* blocks(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    text += chunk.value;
    const found = text.split("\n\n");
    text = found.pop();
    yield* found;
  }
}

function read(block) {
  const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s)));
  return { name: fields.event, data: JSON.parse(fields.data) };
}
