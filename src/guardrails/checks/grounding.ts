// How much of an answer rests on the retrieved text, by words alone: a sentence counts as supported where most of its telling words,
// and all of its numbers, stand there. It says nothing of whether the sentence is true, and a good paraphrase looks unsupported.

const SENTENCE = /[^.!?\n]+[.!?]*/g;
const WORD = /[\p{L}\p{N}]+/gu;
const WORD_LENGTH_MIN = 4;
const WORDS_MIN = 3;
const SUPPORTED_SHARE = 0.6;

/** Undefined where the answer has no sentence that says enough. */
export function groundedShare(answer: string, retrieved: string): number | undefined {
  const known = new Set(wordsOf(retrieved).map(stemOf));
  let [told, supported] = [0, 0];
  for (const [sentence] of answer.matchAll(SENTENCE)) {
    const words = wordsOf(sentence).filter((word) => word.length >= WORD_LENGTH_MIN || /\d/.test(word));
    if (words.length < WORDS_MIN) continue;
    told += 1;
    const isKnown = (word: string): boolean => known.has(stemOf(word));
    const hasNumbers = words.every((word) => !/\d/.test(word) || isKnown(word));
    if (hasNumbers && words.filter(isKnown).length / words.length >= SUPPORTED_SHARE) supported += 1;
  }
  return told === 0 ? undefined : supported / told;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

/** Endings differ more than words do. */
function stemOf(word: string): string {
  return /\d/.test(word) ? word : word.slice(0, STEM_LENGTH);
}

const STEM_LENGTH = 6;
