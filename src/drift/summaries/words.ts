// Which words a text has, as counts in a few hundred buckets: enough to see that others are used, and no text is kept.

const BUCKETS = 256;
const WORDS_MAX = 100;
const WORD = /[\p{L}\p{N}]+/gu;

/** Each word once a text, however often it says it. */
export function countWords(text: string, into: Record<string, number>): void {
  const words = new Set<string>();
  for (const [word] of text.matchAll(WORD)) {
    words.add(word.toLowerCase());
    if (words.size === WORDS_MAX) break;
  }
  for (const word of words) {
    const bucket = `w${bucketOf(word)}`;
    into[bucket] = (into[bucket] ?? 0) + 1;
  }
}

/** FNV-1a, of UTF-16 units. */
function bucketOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < word.length; place += 1)
    hash = Math.imul(hash ^ word.charCodeAt(place), 0x01000193) >>> 0;
  return hash % BUCKETS;
}
