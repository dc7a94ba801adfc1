// A text with fewer blanks that says the same. Indentation is kept, and so is all that stands in code or in quotation marks.
import { isFence } from "./lines.ts";

const INDENTED_CODE = /^(?: {4}|\t)/;
/** A JSON string, or any other text in quotation marks; or a run of blanks after the line's first word. */
const QUOTED_OR_BLANKS = /"(?:[^"\\]|\\.)*"|(?<=\S)[ \t]{2,}(?=\S)|(?<=\S)\t(?=\S)/g;
const BLANKS_AT_END = /[ \t]+$/;

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

function collapseLine(line: string): string {
  const ended = line.replace(BLANKS_AT_END, "");
  if (INDENTED_CODE.test(ended)) return ended;
  return ended.replace(QUOTED_OR_BLANKS, (found) => (found.startsWith('"') ? found : " "));
}
