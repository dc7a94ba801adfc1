// Words around a number that say what it is. Only asked at the few places where something was found.

/** How far before and after a match its words are looked for. */
export const CONTEXT_BEFORE = 48;
export const CONTEXT_AFTER = 16;

/** The characters before a place, in small letters. */
export function wordsBefore(text: string, start: number, length = CONTEXT_BEFORE): string {
  return text.slice(Math.max(0, start - length), start).toLowerCase();
}

export function wordsAfter(text: string, end: number, length = CONTEXT_AFTER): string {
  return text.slice(end, end + length).toLowerCase();
}

/** Whether one of the words stands in it, as a whole word where it begins and ends in a letter of ASCII. */
export function hasOneOf(context: string, words: readonly string[]): boolean {
  return words.some((word) => hasWord(context, word));
}

function hasWord(context: string, word: string): boolean {
  for (let at = context.indexOf(word); at >= 0; at = context.indexOf(word, at + 1)) {
    const isCutOff = isLetter(context.charCodeAt(at - 1)) || isLetter(context.charCodeAt(at + word.length));
    if (!isCutOff) return true;
  }
  return false;
}

function isLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}
