// Guard: code, quotations and formulas are the same in both questions, but for white space.

const FENCED = /```[\s\S]*?```|`[^`\n]+`/g;
const QUOTED = /"[^"\n]{1,200}"|“[^”\n]{1,200}”|«[^»\n]{1,200}»/g;
/** What hardly stands in plain sentences. */
const SYMBOLS = /[=<>{}[\]\\^|~*+%$€£₹&]|\p{So}/gu;

export function hasSameCode(one: string, other: string): boolean {
  return [FENCED, QUOTED, SYMBOLS].every((pattern) => found(one, pattern) === found(other, pattern));
}

function found(text: string, pattern: RegExp): string {
  return (text.match(pattern) ?? []).map((each) => each.replaceAll(/\s+/g, " ")).join("\n");
}
