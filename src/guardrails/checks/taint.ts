// Whether a tool is called with what an untrusted text said: words of the kind that addresses, accounts and links are, which stand in
// what tools gave or what was retrieved, and in nothing that the caller or the system said.
import type { TextPlace } from "../../providers/index.ts";
import type { Detector, Finding } from "../contract.ts";

const WORD = /[^\s"'`<>()[\]{},;\\]+/g;
const WORD_LENGTH_MIN = 6;
const LONG_WORD = 12;
const WORDS_MAX = 20_000;
/** The longest word that is waited for. */
const REACH = 160;

export function taintDetector(untrusted: readonly TextPlace[], trusted: readonly TextPlace[]): Detector {
  const tainted = new Set<string>();
  for (const { text } of untrusted)
    for (const [word] of text.matchAll(WORD)) if (tainted.size < WORDS_MAX && says(word)) tainted.add(plain(word));
  for (const { text } of trusted) for (const [word] of text.matchAll(WORD)) tainted.delete(plain(word));
  return {
    name: "taint",
    kinds: ["taint"],
    reach: REACH,
    find(text): Finding[] {
      if (tainted.size === 0) return [];
      const found: Finding[] = [];
      for (const { 0: word, index } of text.matchAll(WORD)) {
        if (!says(word) || !tainted.has(plain(word))) continue;
        const end = index + word.length;
        found.push({ kind: "taint", start: index, end, score: 1, detector: "taint", why: WHY });
      }
      return found;
    },
  };
}

const WHY = "an argument comes out of a tool's result or a retrieved text";

/** A word that somebody could be sent to, or charged by. */
function says(word: string): boolean {
  return word.length >= LONG_WORD || (word.length >= WORD_LENGTH_MIN && /[\d@/]/.test(word));
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[.:!?]+$/, "");
}
