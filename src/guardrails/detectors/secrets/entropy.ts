// How evenly a text uses its characters, and long texts that look like chance and nothing else.
import type { Finder } from "../scanning/finder.ts";

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

/** Scored below what is told by default: identifiers and hashes look the same. */
export const randomRunFinder: Finder = {
  kinds: ["secret"],
  find({ text, long }, matches) {
    for (const { start, end } of long) {
      if (end - start < LENGTH_MIN || end - start > LENGTH_MAX) continue;
      const run = text.slice(start, end);
      if (!/\d/.test(run) || !/[a-z]/.test(run) || !/[A-Z]/.test(run) || entropyOf(run) < BITS_MIN) continue;
      matches.push({ kind: "secret", start, end, score: 0.4, why: "a long run of characters as if by chance" });
    }
  },
};
