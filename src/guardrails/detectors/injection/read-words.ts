// A text as the numbers of its words: one pass, nothing allocated but the lists.
import { foldWide, letterOf } from "./fold-letters.ts";

export interface Words {
  /** A number that stands for the word, letters folded (fold-letters.ts). */
  hashes: number[];
  /** The same of its first five letters: words of one stem share it. */
  stems: number[];
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
  const words: Words = { hashes: [], stems: [], starts: [], ends: [], singles: 0 };
  let hash = SEED;
  let stem = 0;
  let length = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const letter = code < 128 ? (letterOf[code] ?? 0) : foldWide(code);
    if (letter > 1 && length < WORD_MAX) {
      if (length === 0) start = index;
      hash = Math.imul(hash ^ letter, PRIME);
      length++;
      if (length === STEM) stem = hash;
    } else if (length > 0 && letter !== 1) {
      note(words, hash, stem);
      words.starts.push(start);
      words.ends.push(index);
      if (length === 1) words.singles++;
      hash = SEED;
      stem = 0;
      length = 0;
    }
  }
  if (length > 0) {
    note(words, hash, stem);
    words.starts.push(start);
    words.ends.push(text.length);
  }
  return words;
}

function note({ hashes, stems }: Words, hash: number, stem: number): void {
  hashes.push(hash);
  stems.push(stem === 0 ? hash : stem);
}

/** The number of one word, as readWords has it. */
export function hashOfWord(word: string): number {
  return readWords(word).hashes[0] ?? 0;
}
