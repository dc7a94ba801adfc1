// A text with fewer blanks that says the same. Indentation is kept, and so is all that stands in code or in quotation marks.
import { isFence } from "./lines.ts";

const INDENTED_CODE = /^(?: {4}|\t)/;
export function collapseWhitespace(text: string): string {
  const kept: string[] = [];
  let isCode = false;
  for (const line of text.split("\n")) {
    const isEdge = isFence(line);
    if (isCode || isEdge) kept.push(line);
    else {
      const collapsed = collapseLine(line);
      if (collapsed !== "" || !endsEmpty(kept)) kept.push(collapsed);
    }
    if (isEdge) isCode = !isCode;
  }
  return kept.join("\n");
}

/** One empty line is a paragraph's end; another says nothing more. */
function endsEmpty(lines: readonly string[]): boolean {
  return lines.length > 1 && lines.at(-1) === "";
}

// Read sign by sign, once: a regular expression would take a caller's long line for a reason to look again from every place in it.
function collapseLine(line: string): string {
  const end = endOf(line);
  const start = skipBlanks(line, 0);
  if (INDENTED_CODE.test(line)) return line.slice(0, end);
  let collapsed = line.slice(0, Math.min(start, end));
  let hasQuotes = true;
  for (let at = start; at < end;) {
    const sign = line.charAt(at);
    let next = at + 1;
    if (sign === '"' && hasQuotes) {
      const close = closingQuote(line, at + 1);
      if (close === -1) hasQuotes = false;
      else next = close + 1;
    }
    if (isBlank(sign)) {
      next = skipBlanks(line, at);
      collapsed += " ";
    } else collapsed += line.slice(at, next);
    at = next;
  }
  return collapsed;
}

function isBlank(sign: string): boolean {
  return sign === " " || sign === "\t";
}

function skipBlanks(line: string, from: number): number {
  let at = from;
  while (at < line.length && isBlank(line.charAt(at))) at += 1;
  return at;
}

/** Where the blanks at its end begin. */
function endOf(line: string): number {
  let end = line.length;
  while (end > 0 && isBlank(line.charAt(end - 1))) end -= 1;
  return end;
}

/** As in JSON; -1 where the line has none. */
function closingQuote(line: string, from: number): number {
  for (let at = from; at < line.length; at += 1) {
    const sign = line.charAt(at);
    if (sign === "\\") at += 1;
    else if (sign === '"') return at;
  }
  return -1;
}
