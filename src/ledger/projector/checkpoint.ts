// How far one journal has come into PostgreSQL. The database's word is what counts; this remembers it, and asks again
// whenever a statement may or may not have gone through.
import type { Journal } from "../journal/journal.ts";
import type { Position } from "../journal/segment-list.ts";
import type { LedgerStore } from "../store/store.ts";
import type { Step } from "../store/taking.ts";

export interface Checkpoint {
  /** Call once the journal is open. */
  start(): void;
  /** Where the database stands. Throws when it cannot be asked. */
  find(): Promise<Position>;
  /** Where to read on: there, or beyond it where the journal was damaged. */
  position(): Position;
  /** There is nothing to read before this place. */
  skipTo(place: Position): void;
  /** Has the database move from where it stands to `to`; false when it stands elsewhere, which the next `find` tells. */
  move(to: Position, write: (step: Step) => Promise<boolean>): Promise<boolean>;
  /** Records that have reached the database since the start. */
  recordsMoved(): number;
}

export function createCheckpoint({ journal, store }: { journal: Journal; store: LedgerStore }): Checkpoint {
  let stored: Position = { segment: 0, offset: 0, record: 0 };
  let position = stored;
  let isCertain = false;
  let wasFound = false;
  let recordsMoved = 0;

  function standAt(place: Position): void {
    stored = place;
    position = place;
    isCertain = true;
    journal.forget(place);
  }

  return {
    start() {
      position = journal.begin();
    },
    async find() {
      if (isCertain) return stored;
      const found = await store.readCheckpoint(journal.id());
      // The answer to the last move was lost, but the move was made.
      if (wasFound) recordsMoved += Math.max(0, found.record - stored.record);
      wasFound = true;
      standAt(found);
      return found;
    },
    position: () => position,
    skipTo(place) {
      position = place;
    },
    async move(to, write) {
      const step = { journalId: journal.id(), from: stored, to };
      const records = to.record - position.record;
      isCertain = false;
      if (!(await write(step))) return false;
      recordsMoved += records;
      standAt(to);
      return true;
    },
    recordsMoved: () => recordsMoved,
  };
}
