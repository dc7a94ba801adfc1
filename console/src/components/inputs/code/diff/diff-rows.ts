// Two texts as the rows of a comparison: what is the same, what was put in the place of what; long stretches of the same are
// folded away.
import { diffLines, diffWordsWithSpace } from "diff";

/** A piece of a line; marked where it is what changed in it. */
export interface Piece {
  text: string;
  isMarked: boolean;
}

export interface Line {
  /** From 1. */
  number: number;
  pieces: readonly Piece[];
}

export type DiffRow =
  | { kind: "same" | "changed"; before: Line; after: Line }
  | { kind: "removed"; before: Line; after: null }
  | { kind: "added"; before: null; after: Line }
  | { kind: "fold"; count: number };

/** Lines of the same kept around each change. */
const context = 3;
/** Beyond so many differences the texts have little in common: then the one is shown as removed, the other as added. */
const editsMax = 800;
const wordsMax = 600;

export function diffRows(before: string, after: string): DiffRow[] {
  const parts = diffLines(closed(before), closed(after), { maxEditLength: editsMax }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ];
  const rows: DiffRow[] = [];
  const at = { before: 1, after: 1 };
  let removed: string[] = [];
  const flush = (added: string[]): void => {
    rows.push(...pair(removed, added, at));
    at.before += removed.length;
    at.after += added.length;
    removed = [];
  };
  for (const { value, removed: isRemoved, added: isAdded } of parts) {
    const lines = splitLines(value);
    if (isRemoved) removed = lines;
    else if (isAdded) flush(lines);
    else {
      flush([]);
      for (const text of lines)
        rows.push({ kind: "same", before: plain(at.before++, text), after: plain(at.after++, text) });
    }
  }
  flush([]);
  return rows;
}

/** Without what is far from any change. */
export function foldSame(rows: readonly DiffRow[]): DiffRow[] {
  const near = rows.map(() => false);
  rows.forEach((row, index) => {
    if (row.kind !== "same") near.fill(true, Math.max(0, index - context), index + context + 1);
  });
  const folded: DiffRow[] = [];
  rows.forEach((row, index) => {
    const last = folded.at(-1);
    if (near[index] === true) folded.push(row);
    else if (last?.kind === "fold") last.count++;
    else folded.push({ kind: "fold", count: 1 });
  });
  return folded;
}

/** Lines that stand for each other, as far as there are as many on both sides; the rest are removed or added. */
function pair(removed: readonly string[], added: readonly string[], at: { before: number; after: number }): DiffRow[] {
  return Array.from({ length: Math.max(removed.length, added.length) }, (_, index): DiffRow => {
    const [old, fresh] = [removed[index], added[index]];
    if (old !== undefined && fresh !== undefined) {
      const words = piecesOf(old, fresh);
      return {
        kind: "changed",
        before: { number: at.before + index, pieces: words.before },
        after: { number: at.after + index, pieces: words.after },
      };
    }
    if (old !== undefined) return { kind: "removed", before: plain(at.before + index, old), after: null };
    return { kind: "added", before: null, after: plain(at.after + index, fresh ?? "") };
  });
}

function piecesOf(before: string, after: string): { before: Piece[]; after: Piece[] } {
  if (before.length > wordsMax || after.length > wordsMax)
    return { before: [{ text: before, isMarked: true }], after: [{ text: after, isMarked: true }] };
  const words = diffWordsWithSpace(before, after);
  return {
    before: words.filter(({ added }) => !added).map(({ value, removed }) => ({ text: value, isMarked: removed })),
    after: words.filter(({ removed }) => !removed).map(({ value, added }) => ({ text: value, isMarked: added })),
  };
}

function plain(number: number, text: string): Line {
  return { number, pieces: [{ text, isMarked: false }] };
}

/** The last line counts as a line like any other, whether or not something ends it. */
function closed(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function splitLines(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
