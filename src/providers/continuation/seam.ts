// The seam between a text that broke off and the one that goes on from there. Models that are asked to go on often say the last
// words again, or all of it: what was said already is left out, however the new text is cut into pieces.

export interface Seam {
  /** What may be shown now, of these words and of those held back before. */
  add(text: string): string;
  /** No more text comes, or none that could be a repetition. */
  rest(): string;
  /** Characters left out. */
  readonly trimmed: number;
}

export function createSeam(before: string): Seam {
  let held = "";
  let isOver = false;
  let trimmed = 0;

  function settle(): string {
    isOver = true;
    trimmed = repeatedLength(before, held);
    const shown = held.slice(trimmed);
    held = "";
    return shown;
  }

  return {
    get trimmed() {
      return trimmed;
    },
    add(text) {
      if (isOver) return text;
      held += text;
      return mayGrow(before, held) ? "" : settle();
    },
    rest: () => (isOver ? "" : settle()),
  };
}

/** It stands in what was said, and so may be the beginning of a repetition that leads up to the end of it. */
function mayGrow(before: string, begun: string): boolean {
  return before.includes(begun);
}

/** So many characters at the end of one text and the beginning of the other are the same by no accident. */
const SURELY_REPEATED = 12;
/** Last words that are said again whole: shorter ones may be meant. */
const WORDS_MIN = 3;

function repeatedLength(before: string, begun: string): number {
  for (let length = Math.min(before.length, begun.length); length >= WORDS_MIN; length -= 1) {
    if (!before.endsWith(begun.slice(0, length))) continue;
    return length >= SURELY_REPEATED || areLastWords(before, begun.slice(0, length)) ? length : 0;
  }
  return 0;
}

/** "… brown fox" and "fox jumps": without a space between them it cannot be the same word twice. */
function areLastWords(before: string, repeated: string): boolean {
  const beforeThem = before.slice(0, before.length - repeated.length);
  return /^\S.*\S$/s.test(repeated) && /(^|\s)$/.test(beforeThem);
}
