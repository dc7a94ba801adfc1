// One step of the projector: the next records from the journal into PostgreSQL, or past what PostgreSQL refuses. When to
// take the next step, and how long to wait for a dead database, is decided in projector.ts.
import type { World } from "../../kernel/index.ts";
import type { LedgerConfig } from "../config.ts";
import { isDataFault } from "../database-faults.ts";
import type { Frame } from "../journal/frame.ts";
import type { Journal } from "../journal/journal.ts";
import type { JournalRun, Position } from "../journal/segment-list.ts";
import type { LedgerStore } from "../store.ts";
import { dayOf, makeBatch } from "./batch.ts";

export interface BatchTaker {
  /** Call once the journal is open. */
  start(): void;
  /** Takes one batch; true when the next should follow at once. Throws when the database cannot take it now. */
  take(): Promise<boolean>;
  /** How far PostgreSQL has got, as far as is known. */
  position(): Position;
  counts(): { projected: number; rejected: number };
}

interface BatchTakerDeps {
  journal: Journal;
  store: LedgerStore;
  world: Pick<World, "nowMs" | "log">;
}

const BUFFER_BYTES_MIN = 64 * 1024;
/** A call that started longer ago, or later, than this was made by a clock that is wrong; it gets no partition of its own. */
const PARTITION_DAYS_MAX = 31;

export function createBatchTaker(config: LedgerConfig["projector"], deps: BatchTakerDeps): BatchTaker {
  const { journal, store, world } = deps;
  const buffer = Buffer.allocUnsafeSlow(Math.max(config.batch_bytes_max, BUFFER_BYTES_MIN));
  const preparedDays = new Set<number>();
  let recordsMax = config.batch_records_max;
  /** What the database says, when `isCertain`. */
  let checkpoint: Position = { segment: 0, offset: 0, record: 0 };
  let isCertain = false;
  /** Where to read on: the checkpoint, or beyond it where the journal is damaged. */
  let position = checkpoint;
  let wasRead = false;
  let projected = 0;
  let rejected = 0;

  /** A step whose answer was lost may have been taken or not: only the database knows. */
  async function findCheckpoint(): Promise<Position> {
    if (isCertain) return checkpoint;
    const found = await store.readCheckpoint(journal.id());
    if (wasRead) projected += Math.max(0, found.record - checkpoint.record);
    wasRead = true;
    standAt(found);
    return found;
  }

  function standAt(place: Position): void {
    checkpoint = place;
    position = place;
    isCertain = true;
    journal.forget(place);
  }

  function readNext(): JournalRun {
    for (;;) {
      const run = journal.read(position, { buffer, recordsMax });
      if (run.frames.length > 0 || run.next.offset === run.from.offset) return run;
      position = run.next;
    }
  }

  async function preparePartitions(frames: readonly Frame[]): Promise<void> {
    const today = dayOf(world.nowMs());
    // Tomorrow's is made today, so that nobody waits for it at midnight.
    const days = new Set([...frames.map(({ startedAtMs }) => dayOf(startedAtMs)), today + 1]);
    const missing = [...days].filter((day) => !preparedDays.has(day) && Math.abs(day - today) <= PARTITION_DAYS_MAX);
    if (missing.length === 0) return;
    await store.preparePartitions(missing);
    for (const day of missing) preparedDays.add(day);
  }

  async function write(from: Position, { frames, next }: JournalRun): Promise<void> {
    const batch = await makeBatch(frames);
    isCertain = false;
    if (!(await store.writeBatch({ journalId: journal.id(), from, to: next }, batch))) return;
    projected += frames.length;
    standAt(next);
    recordsMax = Math.min(recordsMax * 2, config.batch_records_max);
  }

  /** PostgreSQL refuses a batch for one record in it: halves lead to that record, and it is put aside. */
  async function narrow(from: Position, run: JournalRun, error: unknown): Promise<void> {
    const [frame, ...others] = run.frames;
    if (!frame || others.length > 0) {
      recordsMax = Math.ceil(run.frames.length / 2);
      return;
    }
    const why = error instanceof Error ? error.message : String(error);
    world.log.error({ why, at: run.from }, "PostgreSQL refuses a record; it is kept in ledger_rejected");
    const rejection = { at: run.from, frame: frame.bytes, error: why };
    if (!(await store.reject({ journalId: journal.id(), from, to: run.next }, rejection))) return;
    rejected += 1;
    standAt(run.next);
  }

  function isBehind(): boolean {
    const bytes = journal.bytesFrom(position);
    return bytes >= buffer.length || (bytes > 0 && journal.end().record - position.record >= config.batch_records_max);
  }

  return {
    start() {
      position = journal.begin();
    },
    async take() {
      const from = await findCheckpoint();
      const run = readNext();
      if (run.frames.length === 0) return false;
      await preparePartitions(run.frames);
      try {
        await write(from, run);
      } catch (error) {
        if (!isDataFault(error)) throw error;
        await narrow(from, run, error);
      }
      return !isCertain || recordsMax < config.batch_records_max || isBehind();
    },
    position: () => position,
    counts: () => ({ projected, rejected }),
  };
}
