// Texts of a conversation without what stands in an earlier one of them already: whole lines, as many as are the same.
import { isFence } from "./lines.ts";

/** Shorter ones are not worth the note. */
const BLOCK_LENGTH_MIN = 200;
/** A block begins with a line that says something: brackets alone stand everywhere. */
const FIRST_LENGTH_MIN = 16;
/** Lines that are compared for one request; texts beyond that are left as they are. */
const COMPARISONS_MAX = 1_000_000;
const NOTE = "[Left out here: ";
const EXCERPT_LENGTH = 40;

export interface RepeatedText {
  text: string;
  /** It must stay as it is; what comes after may refer to it. */
  isKept: boolean;
}

export function dropRepeats(texts: readonly RepeatedText[]): string[] {
  const book = createBook();
  return texts.map(({ text, isKept }) => {
    const lines = text.split("\n");
    const left = isKept ? text : leaveOut(lines, book);
    book.add(lines);
    return left;
  });
}

type Book = ReturnType<typeof createBook>;

/** The lines of all texts so far, and where each stands. */
function createBook() {
  const all: string[] = [];
  const places = new Map<string, number[]>();
  let comparisons = 0;
  return {
    add(lines: readonly string[]): void {
      for (const line of lines) {
        const known = places.get(line);
        if (known) known.push(all.length);
        else if (mayBegin(line)) places.set(line, [all.length]);
        all.push(line);
      }
      // Between two texts nothing is the same.
      all.push(NOTE);
    },
    /** How many lines from this one on stand together in an earlier text. */
    longest(lines: readonly string[], from: number): number {
      let most = 0;
      if (comparisons > COMPARISONS_MAX) return 0;
      for (const place of places.get(lines[from] ?? "") ?? []) {
        let count = 0;
        while (from + count < lines.length && isSame(lines[from + count], all[place + count])) count += 1;
        comparisons += count + 1;
        most = Math.max(most, count);
        if (comparisons > COMPARISONS_MAX) return 0;
      }
      return most;
    },
  };
}

function isSame(line: string | undefined, other: string | undefined): boolean {
  return line === other && line !== undefined && !line.startsWith(NOTE);
}

function mayBegin(line: string): boolean {
  return line.length >= FIRST_LENGTH_MIN && !line.startsWith(NOTE);
}

function leaveOut(lines: readonly string[], book: Book): string {
  const kept: string[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? "";
    const count = mayBegin(line) ? balanced(lines, at, book.longest(lines, at)) : 0;
    kept.push(count > 0 ? noteOf(line, count) : line);
    at += Math.max(1, count);
  }
  return kept.join("\n");
}

/** As many of them as leave no code without its end; none where they are too short. */
function balanced(lines: readonly string[], from: number, most: number): number {
  let [length, best, isCode] = [0, 0, false];
  for (let count = 1; count <= most; count += 1) {
    const line = lines[from + count - 1] ?? "";
    length += line.length + 1;
    if (isFence(line)) isCode = !isCode;
    if (!isCode && length > BLOCK_LENGTH_MIN) best = count;
  }
  return best;
}

/** On a line of its own, and without signs that would mean something beside it. */
function noteOf(first: string, count: number): string {
  const excerpt = first
    .replaceAll(/["`~\\[\]]/g, "")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, EXCERPT_LENGTH)
    .trim();
  return `${NOTE}${count === 1 ? "a line" : `${count} lines`} of an earlier message, from (${excerpt}…) on.]`;
}
