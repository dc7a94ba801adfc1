// Words and phrases, each with what it belongs to and how much it says, found in a text that was read as words.
import { readWords, type Words } from "./read-words.ts";

export interface Entry<Meaning> {
  meaning: Meaning;
  /** Words of the phrase, as they are read; most have one. */
  hashes: readonly number[];
}

export interface Hit<Meaning> {
  meaning: Meaning;
  /** Places in the list of words. */
  first: number;
  last: number;
}

export interface Lexicon<Meaning> {
  find(words: Words): Hit<Meaning>[];
}

/** "kill(s|ing|ed)" stands for four words: the one before the bracket too. */
export function expandForms(phrase: string): string[] {
  const found = /^(.*?)\(([^)]*)\)(.*)$/.exec(phrase);
  if (found === null) return [phrase];
  const [, head = "", forms = "", tail = ""] = found;
  return [head, ...forms.split("|").map((form) => head + form)].flatMap((word) => expandForms(word + tail));
}

export function entriesFrom<Meaning>(phrases: readonly string[], meaning: Meaning): Entry<Meaning>[] {
  return phrases.flatMap(expandForms).map((phrase) => {
    const words = readWords(phrase);
    return { meaning, hashes: [...words.hashes.subarray(0, words.count)] };
  });
}

/** One or more of the same beginning follow one another in `entries`; the longest that fits is taken. */
export function createLexicon<Meaning>(entries: readonly Entry<Meaning>[]): Lexicon<Meaning> {
  const byFirst = new Map<number, Entry<Meaning>[]>();
  for (const entry of entries) {
    const [first] = entry.hashes;
    if (first === undefined) continue;
    const same = byFirst.get(first) ?? [];
    same.push(entry);
    byFirst.set(first, same);
  }
  const present = presenceOf([...byFirst.keys()]);
  for (const same of byFirst.values()) same.sort((a, b) => b.hashes.length - a.hashes.length);
  return {
    find(words) {
      const hits: Hit<Meaning>[] = [];
      for (let index = 0; index < words.count; index++) {
        const hash = words.hashes[index] ?? 0;
        const joined = words.joined[index] ?? 0;
        const isOne = isPresent(present, hash);
        if (!isOne && (joined === hash || !isPresent(present, joined))) continue;
        const entry = longestAt(byFirst.get(isOne ? hash : joined) ?? [], words, index);
        if (entry === undefined) continue;
        hits.push({ meaning: entry.meaning, first: index, last: index + entry.hashes.length - 1 });
      }
      return hits;
    },
  };
}

function longestAt<Meaning>(
  entries: readonly Entry<Meaning>[],
  words: Words,
  index: number,
): Entry<Meaning> | undefined {
  return entries.find(({ hashes }) =>
    hashes.every((hash, place) => place === 0 || (index + place < words.count && words.hashes[index + place] === hash)),
  );
}

const PRESENCE_BITS = 15;

/** A bit for each hash by its lowest bits: most words are told to be absent without a look into the map. */
function presenceOf(hashes: readonly number[]): Uint8Array {
  const present = new Uint8Array(1 << PRESENCE_BITS);
  for (const hash of hashes) present[hash & ((1 << PRESENCE_BITS) - 1)] = 1;
  return present;
}

function isPresent(present: Uint8Array, hash: number): boolean {
  return present[hash & ((1 << PRESENCE_BITS) - 1)] === 1;
}
