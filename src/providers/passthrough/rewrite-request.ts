// Changes the few things that must differ between the caller's bytes and the vendor's, and leaves every other byte
// as it was: key order, white space, number spellings and unknown parameters all reach the vendor, and no prompt-cache
// prefix is broken. Same dialect only; translation between dialects is the formats' work.
import { createScanner } from "jsonc-parser";

// jsonc-parser's SyntaxKind: an ambient const enum, which cannot be imported as a value under isolated modules.
const TOKEN = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, colon: 6, string: 10, end: 17 } as const;

export interface RequestRewrite {
  /** The model's name at the vendor. */
  model: string;
  /** Ask for a usage event at the end of the stream, for the record; the meter takes it out again. */
  includeUsage: boolean;
}

/** The caller's JSON text (known to parse to an object) with these changes made in place. */
export function rewriteRequest(text: string, body: { model: string }, wanted: RequestRewrite): string {
  const renamed = body.model === wanted.model ? text : renameModel(text, body.model, wanted.model);
  return wanted.includeUsage ? withUsage(renamed) : renamed;
}

/** The caller's JSON text with another member in the model's place, wherever that stands. */
export function replaceModel(text: string, key: string, value: string): string {
  const pieces: string[] = [];
  let copied = 0;
  for (const { keyStart, end } of topLevelValues(text, "model")) {
    pieces.push(text.slice(copied, keyStart), `${JSON.stringify(key)}:${JSON.stringify(value)}`);
    copied = end;
  }
  pieces.push(text.slice(copied));
  return pieces.join("");
}

/** The caller's JSON text without this member, one comma with it. */
export function removeMember(text: string, key: string): string {
  let left = text;
  for (const { keyStart, end } of topLevelValues(text, key).toReversed()) {
    const before = left.slice(0, keyStart);
    const after = left.slice(end);
    left = /^\s*,/.test(after) ? before + after.replace(/^\s*,/, "") : before.replace(/,\s*$/, "") + after;
  }
  return left;
}

function withUsage(text: string): string {
  const [given] = text.includes('"stream_options"') ? topLevelValues(text, "stream_options") : [];
  if (!given) return insertFirstMember(text, '"stream_options":{"include_usage":true}');
  const options: unknown = JSON.parse(text.slice(given.start, given.end));
  const merged = { ...(typeof options === "object" ? options : {}), include_usage: true };
  return replaceTopLevelValue(text, "stream_options", JSON.stringify(merged));
}

/** Into an object that has others. */
export function insertFirstMember(text: string, member: string): string {
  const brace = text.indexOf("{");
  const rest = text.slice(brace + 1);
  return `${text.slice(0, brace + 1)}${member}${rest.trimStart().startsWith("}") ? "" : ","}${rest}`;
}

// The usual body has the word once. Then it is the top-level key itself (only a \u escape could spell that key another
// way), and its value follows. A second occurrence anywhere, even inside a prompt, or any escape sends us through the
// scanner: two "model" keys must not tell us and the vendor different things.
function renameModel(text: string, from: string, to: string): string {
  const at = text.indexOf(MODEL_KEY);
  const isOnlyOne = at !== -1 && text.indexOf(MODEL_KEY, at + 1) === -1 && !text.includes("\\u");
  const quoted = JSON.stringify(from);
  const start = isOnlyOne ? skipBlanks(text, skipBlanks(text, at + MODEL_KEY.length) + 1) : -1;
  if (start === -1 || !text.startsWith(quoted, start)) {
    const replaced = replaceTopLevelValue(text, "model", JSON.stringify(to));
    // Not every request must name one.
    return replaced === text ? insertFirstMember(text, `"model":${JSON.stringify(to)}`) : replaced;
  }
  return text.slice(0, start) + JSON.stringify(to) + text.slice(start + quoted.length);
}

const MODEL_KEY = '"model"';

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (" \n\r\t".includes(text.charAt(at)) && at < text.length) at += 1;
  return at;
}

function replaceTopLevelValue(text: string, key: string, replacement: string): string {
  const pieces: string[] = [];
  let copied = 0;
  for (const range of topLevelValues(text, key)) {
    pieces.push(text.slice(copied, range.start), replacement);
    copied = range.end;
  }
  pieces.push(text.slice(copied));
  return pieces.join("");
}

interface Range {
  /** Of the key's quotation mark. */
  keyStart: number;
  start: number;
  end: number;
}

/** Where the values of a top-level key stand; several when the key is repeated. */
function topLevelValues(text: string, key: string): Range[] {
  const scanner = createScanner(text, true);
  const ranges: Range[] = [];
  let depth = 0;
  for (let kind = scanner.scan(); kind !== TOKEN.end; kind = scanner.scan()) {
    if (opens(kind)) depth += 1;
    else if (closes(kind)) depth -= 1;
    else if (depth === 1 && kind === TOKEN.string && scanner.getTokenValue() === key) {
      const keyStart = scanner.getTokenOffset();
      if (scanner.scan() !== TOKEN.colon) continue;
      ranges.push({ keyStart, ...readValue(scanner) });
    }
  }
  return ranges;
}

type Scanner = ReturnType<typeof createScanner>;

function readValue(scanner: Scanner): Omit<Range, "keyStart"> {
  let kind = scanner.scan();
  const start = scanner.getTokenOffset();
  let depth = opens(kind) ? 1 : 0;
  while (depth > 0 && kind !== TOKEN.end) {
    kind = scanner.scan();
    if (opens(kind)) depth += 1;
    else if (closes(kind)) depth -= 1;
  }
  return { start, end: scanner.getTokenOffset() + scanner.getTokenLength() };
}

function opens(kind: number): boolean {
  return kind === TOKEN.openBrace || kind === TOKEN.openBracket;
}

function closes(kind: number): boolean {
  return kind === TOKEN.closeBrace || kind === TOKEN.closeBracket;
}
