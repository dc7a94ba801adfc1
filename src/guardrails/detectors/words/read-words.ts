// A text as the numbers of its words: one pass, into lists that can be used again for the next text.
import { letterOf } from "./fold-letters.ts";

export interface Words {
  count: number;
  /** A number that stands for the word, letters folded (fold-letters.ts). Valid, as all lists are, below `count`. */
  hashes: Int32Array;
  /** The same of its first five letters: words of one stem share it. */
  stems: Int32Array;
  /** The same of the word and those before it that only a dash, point or the like parts from it, or a space from single letters. */
  joined: Int32Array;
  starts: Int32Array;
  ends: Int32Array;
  /** The most words of a single letter in a row: many where somebody spaces letters out. */
  singles: number;
}

const SEED = 0x811c9dc5 | 0;
const PRIME = 0x01000193;
const STEM_LAST = 4;
const FIRST_SIZE = 1024;

export function createWords(size = FIRST_SIZE): Words {
  const list = () => new Int32Array(size);
  return { count: 0, hashes: list(), stems: list(), joined: list(), starts: list(), ends: list(), singles: 0 };
}

/** `into` is used again where it is large enough. */
export function readWords(text: string, into?: Words): Words {
  const most = (text.length >> 1) + 1;
  const words = into !== undefined && into.hashes.length >= most ? into : createWords(Math.max(most, FIRST_SIZE));
  const { hashes, stems, joined: joinedHashes, starts, ends } = words;
  let count = 0;
  let singles = 0;
  let joined = SEED;
  let singlesNow = 0;
  const { length } = text;
  for (let index = 0; index < length;) {
    let letter = letterOf[text.charCodeAt(index)] ?? 0;
    if (letter <= 1) {
      index++;
      continue;
    }
    const start = index;
    const isJoined = count > 0 && start - (ends[count - 1] ?? 0) === 1 && isJoinedTo(text, start, singlesNow > 0);
    if (!isJoined) joined = SEED;
    let hash = SEED;
    let stem = 0;
    while (letter !== 0) {
      if (letter > 1) {
        hash = Math.imul(hash ^ letter, PRIME);
        if (isJoined) joined = Math.imul(joined ^ letter, PRIME);
        if (index - start === STEM_LAST) stem = hash;
      }
      index++;
      letter = index < length ? (letterOf[text.charCodeAt(index)] ?? 0) : 0;
    }
    if (!isJoined) joined = hash;
    hashes[count] = hash;
    stems[count] = stem === 0 ? hash : stem;
    joinedHashes[count] = joined;
    starts[count] = start;
    ends[count] = index;
    count++;
    singlesNow = index - start === 1 ? singlesNow + 1 : 0;
    if (singlesNow > singles) singles = singlesNow;
  }
  words.count = count;
  words.singles = singles;
  return words;
}

/** One sign stands between, or one space between single letters. */
function isJoinedTo(text: string, index: number, isAfterSingle: boolean): boolean {
  const sign = text.charCodeAt(index - 1);
  if (sign !== 32) return sign !== 10 && sign !== 44 && sign !== 58;
  return isAfterSingle && (letterOf[text.charCodeAt(index + 1)] ?? 0) <= 1;
}

/** The number of one word, as readWords has it. */
export function hashOfWord(word: string): number {
  return readWords(word).hashes[0] ?? 0;
}
