// Reads a filter's source from left to right: blanks, marks and words. What they add up to is for read-syntax.ts.
import { ledgerErrors } from "../errors.ts";
import type { Pattern } from "./filter.ts";

export interface Word extends Pattern {
  at: number;
  isQuoted: boolean;
}

export interface Scanner {
  at(): number;
  isAtEnd(): boolean;
  /** True when there was a blank at least. */
  skipBlanks(): boolean;
  /** Steps over the mark if it is next. */
  take(mark: string): boolean;
  isNext(mark: string): boolean;
  /** Whether this word, as the whole of what stands there, is next. */
  isNextWord(word: string): boolean;
  /** Steps over it. */
  takeOperator(word: string): boolean;
  /** Steps over a field's name and its colon. */
  takeField(): { name: string; at: number } | undefined;
  /** Up to a blank, a bracket or one of `stops`; or what is in quotes. */
  readWord(stops: string): Word;
  /** Refuses what is next. */
  fail(why: string, at?: number): never;
}

const BLANK = /\s/u;
const FIELD = /^[\p{L}_][\p{L}\p{N}_.\-/@$]*:/u;
const QUOTED_FIELD = /^"((?:[^"\\]|\\.)*)":/su;
const EXCERPT_LENGTH = 20;

export function createScanner(source: string): Scanner {
  let at = 0;

  function fail(why: string, place = at): never {
    const rest = source.slice(place, place + EXCERPT_LENGTH).toWellFormed();
    throw ledgerErrors.bad_filter({ why, place: place + 1, rest });
  }

  function isNextWord(word: string): boolean {
    const next = source.charAt(at + word.length);
    return source.startsWith(word, at) && (next === "" || BLANK.test(next) || "()".includes(next));
  }

  return {
    at: () => at,
    isAtEnd: () => at >= source.length,
    skipBlanks() {
      const start = at;
      while (BLANK.test(source.charAt(at))) at += 1;
      return at > start;
    },
    take(mark) {
      const isNext = source.startsWith(mark, at);
      if (isNext) at += mark.length;
      return isNext;
    },
    isNext: (mark) => source.startsWith(mark, at),
    isNextWord,
    takeOperator(word) {
      const isNext = isNextWord(word);
      if (isNext) at += word.length;
      return isNext;
    },
    takeField() {
      const start = at;
      const rest = source.slice(at);
      const [whole, quoted] = QUOTED_FIELD.exec(rest) ?? FIELD.exec(rest) ?? [];
      if (whole === undefined) return undefined;
      at += whole.length;
      return { name: quoted?.replaceAll(/\\(.)/gsu, "$1") ?? whole.slice(0, -1), at: start };
    },
    readWord(stops) {
      const { end, ...word } = source.charAt(at) === '"' ? readQuoted(source, at) : readPlain(source, at, stops);
      if (end === undefined) return fail("this quotation has no end");
      if (end === at) fail(end >= source.length ? "a value is missing at its end" : "a value is missing here");
      at = end;
      return word;
    },
    fail,
  };
}

/** Where the word ends: after its quotation mark, where it has one. */
type Read = Word & { end: number | undefined };

function readQuoted(source: string, start: number): Read {
  let text = "";
  for (let at = start + 1; at < source.length; at += 1) {
    if (source.charAt(at) === '"') return { text, isQuoted: true, wildcards: [], at: start, end: at + 1 };
    if (source.charAt(at) === "\\" && at + 1 < source.length) at += 1;
    text += source.charAt(at);
  }
  return { text, isQuoted: true, wildcards: [], at: start, end: undefined };
}

function readPlain(source: string, start: number, stops: string): Read {
  let text = "";
  const wildcards: number[] = [];
  let at = start;
  for (; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (BLANK.test(character) || '()"'.includes(character) || stops.includes(character)) break;
    if (character === "*" || character === "?") wildcards.push(text.length);
    if (character === "\\" && at + 1 < source.length) at += 1;
    text += source.charAt(at);
  }
  return { text, isQuoted: false, wildcards, at: start, end: at };
}
