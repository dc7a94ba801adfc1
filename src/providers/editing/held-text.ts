// One text of a stream, piece by piece: what of it is settled, and what waits for more. An edit over several pieces stands in the
// first of them, and the others lose what it covers.
import type { TextPlace } from "./places.ts";
import type { StreamEdit, StreamEditing, StreamNote } from "./stream-editing.ts";

export interface HeldPiece {
  /** As it goes out; undefined while it waits. */
  text: string | undefined;
}

export interface HeldText {
  add(text: string): HeldPiece;
  settle(isFinal: boolean): void;
}

interface OwnPiece extends HeldPiece {
  said: string;
}

interface Made {
  edits: readonly StreamEdit[];
  notes: readonly StreamNote[];
}

type Editing = Pick<StreamEditing, "reach" | "settle">;

export function createHeldText(place: TextPlace, { reach, settle }: Editing): HeldText {
  let pieces: OwnPiece[] = [];
  /** What went out last, as it was said. */
  let context = "";
  let pending = "";
  /** So many characters of what waits are covered by an edit that was made. */
  let covered = 0;

  /** The pieces that lie before `safe`, with the edits made in them. */
  function pass(safe: number, { edits, notes }: Made): void {
    let start = 0;
    let count = 0;
    for (const piece of pieces) {
      const end = start + piece.said.length;
      if (end > safe) break;
      piece.text = editedPiece({ start, end }, edits, { pending, covered });
      count += 1;
      start = end;
    }
    if (count === 0) return;
    for (const edit of edits) if (edit.start < start && edit.start >= covered) edit.onMade?.();
    for (const note of notes) if (note.start >= 0 && note.start < start) note.onMade?.();
    covered = Math.max(
      0,
      Math.max(covered, ...edits.filter((edit) => edit.start < start).map(({ end }) => end)) - start,
    );
    const said = context + pending.slice(0, start);
    context = said.slice(Math.max(0, said.length - reach));
    pending = pending.slice(start);
    pieces = pieces.slice(count);
  }

  function settleNow(isFinal: boolean): void {
    const text = context + pending;
    const shown = context.length;
    const settled = settle({ place, text, shown, isFinal, isWhole: false });
    const edits = settled.edits.flatMap((edit) => {
      const end = edit.end - shown;
      return end > 0 ? [{ ...edit, start: edit.start - shown, end }] : [];
    });
    // An edit that reaches back into what went out covers the rest of itself.
    const back = edits.filter(({ start }) => start < 0).map(({ end }) => end);
    covered = Math.max(covered, ...back);
    pass(settled.safe - shown, {
      edits: edits.filter(({ start }) => start >= 0),
      notes: (settled.notes ?? []).map((note) => ({ ...note, start: note.start - shown })),
    });
  }

  return {
    add(said) {
      const piece: OwnPiece = { said, text: undefined };
      pieces.push(piece);
      pending += said;
      return piece;
    },
    settle(isFinal) {
      if (pieces.length > 0) settleNow(isFinal);
      if (!isFinal) return;
      context = "";
      covered = 0;
    },
  };
}

/** What becomes of the text from one place of what waits to another. */
function editedPiece(
  { start, end }: { start: number; end: number },
  edits: readonly StreamEdit[],
  { pending, covered }: { pending: string; covered: number },
): string {
  let text = "";
  let copied = Math.max(start, Math.min(covered, end));
  for (const edit of edits) {
    if (edit.end <= copied || edit.start >= end) continue;
    text += pending.slice(copied, Math.max(copied, edit.start));
    // Where it began in a piece before, or was begun when that went out, it stands there already.
    if (edit.start >= start && edit.start >= covered) text += edit.text;
    copied = Math.min(edit.end, end);
  }
  return text + pending.slice(copied, end);
}
