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
const FIELD = /[\p{L}_][\p{L}\p{N}_.\-/@$]*:/uy;
const QUOTED_FIELD = /"((?:[^"\\]|\\.)*)":/suy;
const EXCERPT_LENGTH = 20;

export function createScanner(source: string): Scanner {
  let at = 0;

  function fail(why: string, place = at): never {
    const rest = source.slice(place, place + EXCERPT_LENGTH).toWellFormed();
    throw ledgerErrors.bad_filter({ why, place: place + 1, rest });
  }

  function match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    return pattern.exec(source);
  }

  function isNextWord(word: string): boolean {
    const next = source.charAt(at + word.length);
    return source.startsWith(word, at) && (next === "" || BLANK.test(next) || "()".includes(next));
  }

  function readQuoted(): Word {
    const start = at;
    let text = "";
    for (at += 1; source.charAt(at) !== '"'; at += 1) {
      if (at >= source.length) fail("this quotation has no end", start);
      if (source.charAt(at) === "\\" && at + 1 < source.length) at += 1;
      text += source.charAt(at);
    }
    at += 1;
    return { text, isQuoted: true, wildcards: [], at: start };
  }

  function readPlain(stops: string): Word {
    const start = at;
    let text = "";
    const wildcards: number[] = [];
    for (; at < source.length; at += 1) {
      const character = source.charAt(at);
      if (BLANK.test(character) || '()"'.includes(character) || stops.includes(character)) break;
      if (character === "*" || character === "?") wildcards.push(text.length);
      if (character === "\\" && at + 1 < source.length) at += 1;
      text += source.charAt(at);
    }
    if (at === start) fail(at >= source.length ? "a value is missing at its end" : "a value is missing here");
    return { text, isQuoted: false, wildcards, at: start };
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
      const [whole, quoted] = match(QUOTED_FIELD) ?? match(FIELD) ?? [];
      if (whole === undefined) return undefined;
      at += whole.length;
      return { name: quoted?.replaceAll(/\\(.)/gsu, "$1") ?? whole.slice(0, -1), at: start };
    },
    readWord: (stops) => (source.charAt(at) === '"' ? readQuoted() : readPlain(stops)),
    fail,
  };
}
