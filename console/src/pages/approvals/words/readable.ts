// What an agent would do stands in an approval as `tool {"json": …}`, one call a line: taken apart, so that it can be read. Anything
// else stays the text that it is.

export interface ReadablePart {
  /** Of a call of a tool, else null. */
  tool: string | null;
  text: string;
}

const toolCall = /^([\w.-]{1,200}) ([[{].*)$/s;

export function readable(why: string): ReadablePart[] {
  const lines = why.split("\n");
  const calls = lines.map(callOf);
  if (calls.some((call) => call === null)) return [{ tool: null, text: why }];
  return calls.filter((call) => call !== null);
}

function callOf(line: string): ReadablePart | null {
  const [, tool, given] = toolCall.exec(line) ?? [];
  if (tool === undefined || given === undefined) return null;
  try {
    return { tool, text: JSON.stringify(JSON.parse(given), null, 2) };
  } catch {
    return null;
  }
}
