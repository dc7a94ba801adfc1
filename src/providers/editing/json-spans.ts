// Where each value stands in a JSON text, so that one of them can be changed and every other byte kept. Members that come twice are
// both seen: readers of JSON do not agree on which of them counts.

export type JsonSpan = ObjectSpan | ArraySpan | StringSpan | OtherSpan;

interface Place {
  start: number;
  /** Past the last character. */
  end: number;
}

export interface ObjectSpan extends Place {
  kind: "object";
  members: { key: string; value: JsonSpan }[];
}

export interface ArraySpan extends Place {
  kind: "array";
  items: JsonSpan[];
}

/** Quotation marks included. */
export interface StringSpan extends Place {
  kind: "string";
}

/** A number, true, false or null. */
export interface OtherSpan extends Place {
  kind: "other";
}

/** Deeper is nothing that a vendor would read. */
const DEPTH_MAX = 200;

/** Undefined for what is no JSON, or nested too deeply. Numbers and words are not looked at closely. */
export function readSpans(text: string): JsonSpan | undefined {
  const reader = { text, at: 0 };
  skipBlanks(reader);
  const span = readValue(reader, 0);
  skipBlanks(reader);
  return reader.at === text.length ? span : undefined;
}

interface Reader {
  text: string;
  at: number;
}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

function readValue(reader: Reader, depth: number): JsonSpan | undefined {
  if (depth > DEPTH_MAX) return undefined;
  const start = reader.at;
  switch (reader.text.charCodeAt(start)) {
    case QUOTE:
      return skipString(reader) ? { kind: "string", start, end: reader.at } : undefined;
    case OPEN_BRACE:
      return readObject(reader, depth);
    case OPEN_BRACKET:
      return readArray(reader, depth);
    default:
      while (isOfWord(reader.text.charCodeAt(reader.at))) reader.at += 1;
      return reader.at > start ? { kind: "other", start, end: reader.at } : undefined;
  }
}

function readObject(reader: Reader, depth: number): ObjectSpan | undefined {
  const span: ObjectSpan = { kind: "object", start: reader.at, end: 0, members: [] };
  if (opens(reader, CLOSE_BRACE)) return closed(span, reader);
  for (;;) {
    const start = reader.at;
    if (reader.text.charCodeAt(start) !== QUOTE || !skipString(reader)) return undefined;
    const key = readString(reader.text, { start, end: reader.at });
    skipBlanks(reader);
    if (key === undefined || !takes(reader, COLON)) return undefined;
    const value = readValue(reader, depth + 1);
    if (!value) return undefined;
    span.members.push({ key, value });
    skipBlanks(reader);
    if (takes(reader, CLOSE_BRACE)) return closed(span, reader);
    if (!takes(reader, COMMA)) return undefined;
  }
}

function readArray(reader: Reader, depth: number): ArraySpan | undefined {
  const span: ArraySpan = { kind: "array", start: reader.at, end: 0, items: [] };
  if (opens(reader, CLOSE_BRACKET)) return closed(span, reader);
  for (;;) {
    const item = readValue(reader, depth + 1);
    if (!item) return undefined;
    span.items.push(item);
    skipBlanks(reader);
    if (takes(reader, CLOSE_BRACKET)) return closed(span, reader);
    if (!takes(reader, COMMA)) return undefined;
  }
}

/** Whether nothing is in it. */
function opens(reader: Reader, close: number): boolean {
  reader.at += 1;
  skipBlanks(reader);
  return takes(reader, close);
}

function closed<Span extends Place>(span: Span, { at }: Reader): Span {
  span.end = at;
  return span;
}

/** Blanks after a comma or a colon are passed over, too. */
function takes(reader: Reader, code: number): boolean {
  if (reader.text.charCodeAt(reader.at) !== code) return false;
  reader.at += 1;
  if (code === COMMA || code === COLON) skipBlanks(reader);
  return true;
}

function skipString(reader: Reader): boolean {
  const { text, at: start } = reader;
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let escapes = at;
    while (text.charCodeAt(escapes - 1) === BACKSLASH) escapes -= 1;
    if ((at - escapes) % 2 === 1) continue;
    reader.at = at + 1;
    return true;
  }
  return false;
}

function skipBlanks(reader: Reader): void {
  for (;;) {
    const code = reader.text.charCodeAt(reader.at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
    reader.at += 1;
  }
}

/** Digits, letters, signs and dots. */
function isOfWord(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 97 && code <= 122) ||
    code === 43 ||
    code === 45 ||
    code === 46 ||
    code === 69
  );
}

/** What a string says; undefined where it is no string of JSON. */
export function readString(text: string, { start, end }: Place): string | undefined {
  const inner = text.slice(start + 1, end - 1);
  if (!inner.includes("\\")) return inner;
  try {
    return JSON.parse(text.slice(start, end)) as string;
  } catch {
    return undefined;
  }
}

/** The last of this name, as most readers have it. */
export function memberOf(span: JsonSpan | undefined, key: string): JsonSpan | undefined {
  if (span?.kind !== "object") return undefined;
  const { members } = span;
  for (let at = members.length - 1; at >= 0; at -= 1) if (members[at]?.key === key) return members[at]?.value;
  return undefined;
}

export function stringAt(text: string, span: JsonSpan | undefined): string | undefined {
  return span?.kind === "string" ? readString(text, span) : undefined;
}

export interface Replacement extends Place {
  /** JSON. */
  by: string;
}

/** In the order of their places, none within another. */
export function replaceSpans(text: string, replacements: readonly Replacement[]): string {
  const pieces: string[] = [];
  let copied = 0;
  for (const { start, end, by } of replacements) {
    pieces.push(text.slice(copied, start), by);
    copied = end;
  }
  pieces.push(text.slice(copied));
  return pieces.join("");
}
