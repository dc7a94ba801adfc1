// What a text's words are, for text search: runs of letters and digits, without their case. The same is done to what is
// stored and to what is looked for, and PostgreSQL's parser is left nothing to be clever about (addresses, hyphens, units).

const BETWEEN_WORDS = /[^\p{L}\p{N}\p{M}]+/gu;

/** The words, one blank between each. */
export function wordsOf(text: string): string {
  return text.toLowerCase().replaceAll(BETWEEN_WORDS, " ").trim();
}

/** As `to_tsquery('simple', …)` reads it: the words one after the other, the last perhaps going on. Undefined without any. */
export function tsqueryOf({ words, isPrefix }: { words: string; isPrefix: boolean }): string | undefined {
  const plain = wordsOf(words);
  // Nothing is left in it but letters, digits and blanks: no operator, and no quotation.
  return plain === "" ? undefined : plain.replaceAll(" ", " <-> ") + (isPrefix ? ":*" : "");
}
