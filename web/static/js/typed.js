/* What one types of code: of a transcript its commands. The widget has it, too. */

const PROMPT = /^\s*(?:\$|PS(?: [^>]*)?>|>>>|\.\.\.)(?: |$)/;
const GOES_ON = /[\\`]$/;

/** What one types of code: of what begins with a prompt, as a transcript does, the commands alone. */
export function typed(code) {
  const lines = code.split("\n");
  if (!PROMPT.test(lines.find((line) => line.trim()) ?? "")) return code;
  const commands = lines.filter((line, place) => {
    const goesOn = place > 0 && GOES_ON.test(lines[place - 1]);
    return PROMPT.test(line) || goesOn;
  });
  return commands.map((line) => line.replace(PROMPT, "")).join("\n");
}
