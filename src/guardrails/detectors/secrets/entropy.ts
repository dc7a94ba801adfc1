// How evenly a text uses its characters, and long texts that look like chance and nothing else.
import type { Finder, Match } from "../scanning/finder.ts";
import { LONG_MIN } from "../scanning/scan-text.ts";

/** Bits a character (Shannon). */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

const LENGTH_MIN = 32;
const LENGTH_MAX = 256;
const BITS_MIN = 4.3;

/** A window of a stream that begins within a long key or token shows only its rest. */
const REST_MIN = 64;
const REST_BITS_MIN = 3.8;

/** Scored below what is told by default: identifiers and hashes look the same. */
export const randomRunFinder: Finder = {
  kinds: ["secret"],
  find({ text, long }, matches) {
    seekRest(text, long[0]?.start, matches);
    for (const { start, end } of long) {
      if (end - start < LENGTH_MIN || end - start > LENGTH_MAX) continue;
      if (looksRandom(text.slice(start, end), BITS_MIN))
        matches.push({ kind: "secret", start, end, score: 0.4, why: "a long run of characters as if by chance" });
    }
  },
};

function looksRandom(run: string, bitsMin: number): boolean {
  return /\d/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run) && entropyOf(run) >= bitsMin;
}

/** The parts of a token follow one another after points; of the first there may be little left. */
const REST = /^\.?[A-Za-z0-9_-]{0,2048}(?:\.[A-Za-z0-9_-]{1,2048}){0,2}/;

function seekRest(text: string, firstLong: number | undefined, matches: Match[]): void {
  if (firstLong === undefined || firstLong > LONG_MIN + 1) return;
  const rest = REST.exec(text.slice(0, 6200))?.[0] ?? "";
  if (rest.length < REST_MIN || !looksRandom(rest.slice(0, LENGTH_MAX), REST_BITS_MIN)) return;
  matches.push({ kind: "secret", start: 0, end: rest.length, score: 0.55, why: "the rest of a long key or token" });
}
