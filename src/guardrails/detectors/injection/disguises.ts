// What a text would be without a disguise: base64 and hexadecimal within it decoded, percent and other escapes undone, ROT13, read
// backwards, spaced letters joined. Each once, and bounded; nothing is made where nothing points to it.
import type { Scan } from "../scanning/scan-text.ts";
import { conceptWords, rotate } from "./concepts.ts";

export interface Undisguised {
  text: string;
  /** Where it stands in the disguised text. */
  start: number;
  end: number;
  how: string;
}

const ENCODED_MIN = 20;
const ENCODED_MAX = 8192;
const ENCODED_COUNT_MAX = 4;
const WHOLE_MAX = 32_768;
const SINGLES_MIN = 7;
const DISGUISED_MIN = 3;

export interface Signs {
  singles: number;
  disguised: number;
}

export function undisguise(scan: Scan, { singles, disguised }: Signs): Undisguised[] {
  const { text } = scan;
  const found = decodeRuns(scan);
  const whole = (undone: string, how: string): void => {
    if (undone !== text) found.push({ text: undone, start: 0, end: text.length, how });
  };
  const part = text.slice(0, WHOLE_MAX);
  if (
    text.includes("%6") ||
    text.includes("%7") ||
    text.includes("\\u00") ||
    text.includes("\\x") ||
    text.includes("&#")
  )
    whole(undoEscapes(part), "in escapes");
  if (disguised >= DISGUISED_MIN) {
    whole(rotate(part), "in ROT13");
    whole([...part].reverse().join(""), "backwards");
  }
  if (singles >= SINGLES_MIN) whole(joinSingles(part), "in spaced letters");
  return found;
}

function decodeRuns({ text, long }: Scan): Undisguised[] {
  const found: Undisguised[] = [];
  let done = 0;
  for (const run of long) {
    if (run.start < done || run.end - run.start < ENCODED_MIN) continue;
    if (!mayBeEncoded(text.slice(run.start, run.start + ENCODED_MIN))) continue;
    const { start, end } = wholeRun(text, run.start);
    done = end;
    const decoded = decode(text.slice(start, end));
    if (decoded !== undefined) found.push({ ...decoded, start, end });
    if (found.length === ENCODED_COUNT_MAX) break;
  }
  return found;
}

/** Hexadecimal, or letters of both sizes with digits and without dashes: names in programs are long runs, too. */
function mayBeEncoded(head: string): boolean {
  return /^(?:0x)?[\da-f]+$/i.test(head) || (/^[A-Za-z\d]+$/.test(head) && /[a-z]/.test(head) && /[A-Z]/.test(head));
}

/** Base64 has `+`, `/` and `=` besides what the scan takes for a run. */
function wholeRun(text: string, from: number): { start: number; end: number } {
  let start = from;
  while (start > 0 && from - start < 64 && isBase64(text.charCodeAt(start - 1))) start--;
  let end = from;
  while (end < text.length && end - from < ENCODED_MAX && isBase64(text.charCodeAt(end))) end++;
  return { start, end };
}

function isBase64(code: number): boolean {
  const small = code | 32;
  return (small >= 97 && small <= 122) || (code >= 47 && code <= 57) || code === 43 || code === 61;
}

function decode(run: string): { text: string; how: string } | undefined {
  if (/^(?:0x)?[\da-f]+$/i.test(run)) {
    const text = Buffer.from(run.replace(/^0x/i, ""), "hex").toString("utf8");
    if (isProse(text)) return { text, how: "in hexadecimal" };
  }
  const text = Buffer.from(run, "base64").toString("utf8");
  return isProse(text) ? { text, how: "in base64" } : undefined;
}

/** Letters and spaces: what is not a text decodes to anything else. */
function isProse(text: string): boolean {
  if (text.length < 12 || !text.includes(" ")) return false;
  const strange = text.replaceAll(/[\p{L}\p{N} .,;:!?'"()\n-]/gu, "").length;
  return strange <= text.length / 20;
}

function undoEscapes(text: string): string {
  const characterOf = (hex: string, base: number): string => {
    const point = Number.parseInt(hex, base);
    return point > 31 && point < 0x10_000 ? String.fromCharCode(point) : " ";
  };
  return text
    .replaceAll(/%([2-7][\da-f])/gi, (_, hex: string) => characterOf(hex, 16))
    .replaceAll(/\\u00([2-7][\da-f])/gi, (_, hex: string) => characterOf(hex, 16))
    .replaceAll(/\\x([2-7][\da-f])/gi, (_, hex: string) => characterOf(hex, 16))
    .replaceAll(/&#x([\da-f]{2,4});/gi, (_, hex: string) => characterOf(hex, 16))
    .replaceAll(/&#(\d{2,5});/g, (_, digits: string) => characterOf(digits, 10));
}

/** "i g n o r e a l l" as words again: the letters put together, then cut at words that are known. */
function joinSingles(text: string): string {
  const known = new Set([
    ...conceptWords(),
    "the",
    "and",
    "me",
    "my",
    "to",
    "of",
    "is",
    "what",
    "do",
    "not",
    "are",
    "i",
  ]);
  return text.replaceAll(/(?<![^\s])(?:[^\s] ){3,4096}[^\s](?![^\s])/gu, (run) =>
    cutWords(run.replaceAll(" ", ""), known),
  );
}

const WORD_MAX = 14;

function cutWords(letters: string, known: ReadonlySet<string>): string {
  const words: string[] = [];
  const small = letters.toLowerCase();
  let rest = "";
  for (let index = 0; index < small.length;) {
    let length = Math.min(WORD_MAX, small.length - index);
    while (length > 1 && !known.has(small.slice(index, index + length))) length--;
    if (length > 1) {
      if (rest !== "") words.push(rest);
      rest = "";
      words.push(small.slice(index, index + length));
    } else rest += small[index] ?? "";
    index += length;
  }
  if (rest !== "") words.push(rest);
  return words.join(" ");
}
