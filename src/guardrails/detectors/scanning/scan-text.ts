// One pass over a text, before anything dear: where digits, mixed and long runs of letters, and signs like `@` stand. Whoever looks
// for something begins at these places and looks at a bounded stretch around each, so that all together stays linear.
import { classOf, DIGIT, DISTANT, JOINER, LOWER, MARK, RUN, UPPER, WIDE } from "./character-classes.ts";
import { plainTextOf } from "./plain-characters.ts";

export interface Scan {
  /** Without what hides: see plain-characters.ts. */
  text: string;
  origin?: Int32Array;
  /** Characters above 127 stand in it; and such of scripts far from Latin. */
  hasWide: boolean;
  hasDistant: boolean;
  /** Groups of digits, `starts[n]` to `ends[n]`; `chains[n]` is the same for groups between which only a space, dash, point or the like stands. */
  digits: { starts: number[]; ends: number[]; chains: number[] };
  /** Runs of letters with digits, of six characters or more. */
  mixed: Span[];
  /** Runs of 16 characters or more with digits, or with small and capital letters. */
  long: Span[];
  ats: number[];
  /** Where `:` stands. */
  colons: number[];
  equals: number[];
  /** Where `[` or `(` stands before "at". */
  brackets: number[];
}

export interface Span {
  start: number;
  end: number;
}

/** A long run has so many characters. */
export const LONG_MIN = 16;
const MIXED_MIN = 6;

export function scanText(given: string): Scan {
  const first = scanPlain(given);
  if (!first.hasWide) return first;
  const plain = plainTextOf(given);
  if (plain.origin === undefined) return first;
  return { ...scanPlain(plain.text), hasWide: true, origin: plain.origin };
}

function scanPlain(text: string): Scan {
  const scan = emptyScan(text);
  const { length } = text;
  let wide = 0;
  for (let index = 0; index < length; index++) {
    let kind = classOf[text.charCodeAt(index)] ?? 0;
    if ((kind & RUN) !== 0) {
      const start = index;
      let seen = kind;
      for (index++; index < length; index++) {
        kind = classOf[text.charCodeAt(index)] ?? 0;
        if ((kind & RUN) === 0) break;
        seen |= kind;
      }
      // Words of small letters are what texts are made of: they are passed over without further questions, unless they are long.
      if ((seen & DIGIT) !== 0 || (seen > LOWER && index - start >= LONG_MIN))
        noteRun(scan, seen, { start, end: index });
      if (index === length) break;
    }
    if (kind === MARK) noteMark(scan, text.charCodeAt(index), index);
    else wide |= kind;
  }
  scan.hasWide = (wide & WIDE) !== 0;
  scan.hasDistant = (wide & DISTANT) !== 0;
  return scan;
}

function emptyScan(text: string): Scan {
  return {
    text,
    hasWide: false,
    hasDistant: false,
    digits: { starts: [], ends: [], chains: [] },
    mixed: [],
    long: [],
    ats: [],
    colons: [],
    equals: [],
    brackets: [],
  };
}

function noteMark(scan: Scan, code: number, index: number): void {
  if (code === 64) scan.ats.push(index);
  else if (code === 58) scan.colons.push(index);
  else if (code === 61) scan.equals.push(index);
  else if ((scan.text.charCodeAt(index + 1) | 32) === 97 && (scan.text.charCodeAt(index + 2) | 32) === 116)
    scan.brackets.push(index);
}

function noteRun(scan: Scan, seen: number, run: Span): void {
  const hasLetters = (seen & (UPPER | LOWER)) !== 0;
  if ((seen & DIGIT) !== 0) {
    noteDigits(scan, run);
    if (hasLetters && run.end - run.start >= MIXED_MIN) scan.mixed.push(run);
  }
  if (run.end - run.start >= LONG_MIN && ((seen & DIGIT) !== 0 || (seen & (UPPER | LOWER)) === (UPPER | LOWER)))
    scan.long.push(run);
}

/** Digits within a word count where no letter stands right before them, or only letters do ("cc4111…"): hashes are full of digits. */
function noteDigits(scan: Scan, run: Span): void {
  let before = 0;
  let seen = 0;
  for (let index = run.start; index < run.end;) {
    const kind = classOf[scan.text.charCodeAt(index)] ?? 0;
    if (kind !== DIGIT) {
      before = kind;
      seen |= kind;
      index++;
      continue;
    }
    const start = index;
    while (index < run.end && classOf[scan.text.charCodeAt(index)] === DIGIT) index++;
    if ((before & (UPPER | LOWER)) === 0 || (seen & (DIGIT | JOINER)) === 0) noteGroup(scan, start, index);
    seen |= DIGIT;
  }
}

function noteGroup(scan: Scan, start: number, end: number): void {
  const { starts, ends, chains } = scan.digits;
  const last = ends.length - 1;
  const isNext = last >= 0 && isGap(scan.text, ends[last] ?? 0, start);
  chains.push(isNext ? (chains[last] ?? 0) : starts.length);
  starts.push(start);
  ends.push(end);
}

const GAP_MAX = 3;

/** Up to three of space, plus, brackets, dash, point, slash, underscore. */
function isGap(text: string, from: number, to: number): boolean {
  if (to - from > GAP_MAX) return false;
  for (let index = from; index < to; index++) {
    const code = text.charCodeAt(index);
    const isPart =
      code === 32 || (code >= 45 && code <= 47) || code === 40 || code === 41 || code === 43 || code === 95;
    if (!isPart) return false;
  }
  return true;
}
