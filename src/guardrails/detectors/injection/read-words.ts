// A text as the numbers of its words: one pass, nothing allocated but the lists.
import { foldWide, letterOf } from "./fold-letters.ts";

export interface Words {
  /** A number that stands for the word, letters folded (fold-letters.ts). */
  hashes: number[];
  /** The same of its first five letters: words of one stem share it. */
  stems: number[];
  /** The same of the word and those before it that only a dash, point or the like parts from it, or a space from single letters. */
  joined: number[];
  starts: number[];
  ends: number[];
  /** Words of a single letter, of which there are many where somebody spaces letters out. */
  singles: number;
}

const SEED = 0x811c9dc5;
const PRIME = 0x01000193;
const STEM = 5;
/** Longer ones are cut: nobody's word, but the text goes on. */
const WORD_MAX = 64;

export function readWords(text: string): Words {
  const words: Words = { hashes: [], stems: [], joined: [], starts: [], ends: [], singles: 0 };
  let hash = SEED;
  let joined = SEED;
  let stem = 0;
  let length = 0;
  let start = 0;
  for (let index = 0; index <= text.length; index++) {
    const code = index < text.length ? text.charCodeAt(index) : END;
    const letter = code < 128 ? (letterOf[code] ?? 0) : foldWide(code);
    if (letter > 1 && length < WORD_MAX) {
      if (length === 0) {
        if (!isJoinedTo(text, words, index)) joined = SEED;
        start = index;
      }
      hash = Math.imul(hash ^ letter, PRIME);
      joined = Math.imul(joined ^ letter, PRIME);
      length++;
      if (length === STEM) stem = hash;
    } else if (length > 0 && letter !== 1) {
      words.hashes.push(hash);
      words.stems.push(stem === 0 ? hash : stem);
      words.joined.push(joined);
      words.starts.push(start);
      words.ends.push(index);
      if (length === 1) words.singles++;
      hash = SEED;
      stem = 0;
      length = 0;
    }
  }
  return words;
}

const END = 32;

/** One sign stands between, or one space between single letters. */
function isJoinedTo(text: string, { starts, ends }: Words, index: number): boolean {
  const last = ends.length - 1;
  const end = ends[last];
  if (end === undefined || index - end !== 1) return false;
  const sign = text.charCodeAt(end);
  if (sign !== 32) return sign !== 10 && sign !== 44 && sign !== 58;
  return end - (starts[last] ?? 0) === 1 && !isLetterAt(text, index + 1);
}

function isLetterAt(text: string, index: number): boolean {
  return (letterOf[text.charCodeAt(index)] ?? 0) > 1;
}

/** The number of one word, as readWords has it. */
export function hashOfWord(word: string): number {
  return readWords(word).hashes[0] ?? 0;
}
