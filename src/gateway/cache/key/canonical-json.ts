// A JSON object's text in one canonical form: no white space, the members of every object in one order. Short names come
// first, as most clients write them: what is in order already is not put together anew.
// Whatever else was written stays as it was, number spellings, escapes and members named twice included: two texts become
// the same only where every reader takes them for the same.

export interface CanonicalJson {
  text: string;
  /** The names at the top, as they were written, those left out included. */
  names: readonly string[];
}

const DEPTH_MAX = 256;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const SPACE = 32;

/** `leftOut` holds names at the top; undefined for what is no JSON object, or too deep. */
export function canonicalJson(text: string, leftOut: ReadonlySet<string>): CanonicalJson | undefined {
  const reader: Reader = { text, at: 0, departures: 0 };
  if (next(reader) !== OPEN_BRACE) return undefined;
  const members = readMembers(reader, 0);
  if (!members) return undefined;
  const names: string[] = [];
  const kept: Member[] = [];
  for (const member of members) {
    const name = member.name.slice(1, -1);
    // Of a name that is there twice, nobody knows which one the vendor will take.
    if (!leftOut.has(name) || names.includes(name)) kept.push(member);
    names.push(name);
  }
  return { text: joinMembers(kept), names };
}

interface Reader {
  text: string;
  at: number;
  /** How often the text has been found to depart from its canonical form. */
  departures: number;
}

interface Member {
  /** In its quotes. */
  name: string;
  value: string;
}

function readValue(reader: Reader, depth: number): string | undefined {
  switch (next(reader)) {
    case QUOTE:
      return readString(reader);
    case OPEN_BRACE:
      return depth < DEPTH_MAX ? readObject(reader, depth + 1) : undefined;
    case OPEN_BRACKET:
      return depth < DEPTH_MAX ? readArray(reader, depth + 1) : undefined;
    default:
      return readWord(reader);
  }
}

function readObject(reader: Reader, depth: number): string | undefined {
  const { at, departures } = reader;
  const members = readMembers(reader, depth);
  if (!members || reader.departures === departures) return members && reader.text.slice(at, reader.at);
  return joinMembers(members);
}

function readMembers(reader: Reader, depth: number): Member[] | undefined {
  const members: Member[] = [];
  let last = "";
  do {
    reader.at += 1;
    if (next(reader) === CLOSE_BRACE) break;
    const name = readString(reader);
    if (name === undefined || next(reader) !== COLON) return undefined;
    reader.at += 1;
    const value = readValue(reader, depth);
    if (value === undefined) return undefined;
    members.push({ name, value });
    if (compareNames(last, name) > 0) reader.departures += 1;
    last = name;
  } while (next(reader) === COMMA);
  if (next(reader) !== CLOSE_BRACE) return undefined;
  reader.at += 1;
  return members;
}

function readArray(reader: Reader, depth: number): string | undefined {
  const { at, departures } = reader;
  const items: string[] = [];
  do {
    reader.at += 1;
    if (next(reader) === CLOSE_BRACKET) break;
    const value = readValue(reader, depth);
    if (value === undefined) return undefined;
    items.push(value);
  } while (next(reader) === COMMA);
  if (next(reader) !== CLOSE_BRACKET) return undefined;
  reader.at += 1;
  return reader.departures === departures ? reader.text.slice(at, reader.at) : `[${items.join(",")}]`;
}

/** With its quotes, as it was written. */
function readString(reader: Reader): string | undefined {
  const { text, at: start } = reader;
  if (text.charCodeAt(start) !== QUOTE) return undefined;
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  if (end === -1) return undefined;
  reader.at = end + 1;
  return text.slice(start, end + 1);
}

function isEscaped(text: string, at: number): boolean {
  let from = at;
  while (text.charCodeAt(from - 1) === BACKSLASH) from -= 1;
  return (at - from) % 2 === 1;
}

/** A number, true, false or null. */
function readWord(reader: Reader): string | undefined {
  const { text, at: start } = reader;
  while (reader.at < text.length && !endsWord(text.charCodeAt(reader.at))) reader.at += 1;
  return reader.at === start ? undefined : text.slice(start, reader.at);
}

function endsWord(code: number): boolean {
  return code <= SPACE || code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET;
}

/** The next character that is not white space; NaN at the end. */
function next(reader: Reader): number {
  const { text } = reader;
  let code = text.charCodeAt(reader.at);
  if (code <= SPACE) reader.departures += 1;
  while (code <= SPACE) code = text.charCodeAt((reader.at += 1));
  return code;
}

function joinMembers(members: Member[]): string {
  members.sort((a, b) => compareNames(a.name, b.name));
  return `{${members.map(({ name, value }) => `${name}:${value}`).join(",")}}`;
}

function compareNames(one: string, other: string): number {
  if (one.length !== other.length) return one.length - other.length;
  return one < other ? -1 : Number(one > other);
}
