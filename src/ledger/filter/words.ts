// What a text's words are, for text search: runs of letters and digits, without their case. The same is done to what is
// stored and to what is looked for. PostgreSQL's parser is left out: it would be clever about them (addresses, hyphens, units,
// numbers), and takes three times as long.
// How vectors and queries are written: https://www.postgresql.org/docs/18/datatype-textsearch.html

const BETWEEN_WORDS = /[^\p{L}\p{N}\p{M}]+/gu;
/** PostgreSQL takes 2,046 bytes, and no word that somebody looks for is so long. */
const WORD_LENGTH_MAX = 500;
/** Of a text. PostgreSQL takes no more than a megabyte of words for one record. */
const TEXT_LENGTH_MAX = 200_000;
/** PostgreSQL knows no place beyond it. */
const PLACE_MAX = 16_383;

/** The words, one blank between each. */
export function wordsOf(text: string): string {
  return text.toLowerCase().replaceAll(BETWEEN_WORDS, " ").trim();
}

/** As a `tsvector` is written: the words with their places, which PostgreSQL puts together. Empty without any. */
export function tsvectorOf(text: string): string {
  let vector = "";
  let place = 0;
  for (const word of wordsOf(text.slice(0, TEXT_LENGTH_MAX)).split(" ")) {
    place += 1;
    if (word !== "" && word.length <= WORD_LENGTH_MAX) vector += `${word}:${Math.min(place, PLACE_MAX)} `;
  }
  return vector;
}

/** As a `tsquery` is written: the words one after the other, the last perhaps going on. Undefined where nothing can be found. */
export function tsqueryOf({ words, isPrefix }: { words: string; isPrefix: boolean }): string | undefined {
  const plain = wordsOf(words);
  if (plain === "" || plain.split(" ").some(({ length }) => length > WORD_LENGTH_MAX)) return undefined;
  // Nothing is left in it but letters, digits and blanks: no operator, and no quotation.
  return plain.replaceAll(" ", " <-> ") + (isPrefix ? ":*" : "");
}
