// One step of the projector: the next records from the journal into PostgreSQL, or past what PostgreSQL refuses. When to
// take the next step, and how long to wait for a dead database, is decided in projector.ts.
import type { World } from "../../kernel/index.ts";
import { cleanText } from "../clean-text.ts";
import type { LedgerConfig } from "../config.ts";
import { isDataFault } from "../../storage/index.ts";
import type { Journal } from "../journal/journal.ts";
import type { JournalRun } from "../journal/segment-list.ts";
import type { LedgerStore } from "../store/store.ts";
import type { BodySealer } from "../sealing.ts";
import { measureBacklog } from "./backlog.ts";
import { createPatternReader } from "../patterns/pattern-of.ts";
import { createBatchMaker } from "./batch.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { Noting } from "./looking/notes.ts";
import { createPartitions } from "./partitions.ts";
import { createSecondLook } from "./second-look.ts";

export interface BatchTaker {
  /** Takes one batch; true when the next should follow at once. Throws when the database cannot take it now. */
  take(): Promise<boolean>;
  /** Records that PostgreSQL refused. */
  rejected(): number;
  /** Looks once more at the spans that wait for it (second-look.ts). Throws as above. */
  lookAgain(): Promise<void>;
  /** From now on it does so only when it is told to. */
  stop(): void;
}

interface BatchTakerDeps {
  journal: Journal;
  checkpoint: Checkpoint;
  store: LedgerStore;
  world: Pick<World, "nowMs" | "log">;
  sealer?: BodySealer | undefined;
  noting?: (() => Noting | undefined) | undefined;
  wordsBytesMax?: number | undefined;
  /** Told of each record that has reached PostgreSQL: when it was closed. */
  onStored?: ((closedAtMs: number) => void) | undefined;
}

const BUFFER_BYTES_MIN = 64 * 1024;

export function createBatchTaker(config: LedgerConfig["projector"], deps: BatchTakerDeps): BatchTaker {
  const { journal, checkpoint, store, world, onStored } = deps;
  const partitions = createPartitions({ store, world });
  const buffer = Buffer.allocUnsafeSlow(Math.max(config.batch_bytes_max, BUFFER_BYTES_MIN));
  const patterns = createPatternReader(world);
  const secondLook = createSecondLook(config, { store, world });
  const makeBatch = createBatchMaker({ ...deps, patterns });
  let recordsMax = config.batch_records_max;
  let rejected = 0;

  function readNext(): JournalRun {
    for (;;) {
      const run = journal.read(checkpoint.position(), { buffer, recordsMax });
      checkpoint.skipTo(run.from);
      if (run.frames.length > 0 || run.next.offset === run.from.offset) return run;
      checkpoint.skipTo(run.next);
    }
  }

  async function write({ frames, next }: JournalRun): Promise<void> {
    const batch = await makeBatch(frames);
    const isMoved = await checkpoint.move(next, (step) => store.writeBatch(step, batch));
    if (isMoved) secondLook.add(batch);
    if (isMoved && onStored) for (const { closedAtMs } of frames) onStored(closedAtMs);
    patterns.told(batch.patterns);
    recordsMax = Math.min(recordsMax * 2, config.batch_records_max);
  }

  /** PostgreSQL refuses a batch for one record in it: halves lead to that record, and it is put aside. */
  async function narrow({ frames, from, next }: JournalRun, error: unknown): Promise<void> {
    const [frame, ...others] = frames;
    if (!frame || others.length > 0) {
      recordsMax = Math.ceil(frames.length / 2);
      return;
    }
    const why = cleanText(error instanceof Error ? error.message : String(error));
    world.log.error({ why, at: from }, "PostgreSQL refuses a record; it is kept in ledger_rejected");
    const rejection = { at: from, frame: frame.bytes, error: why };
    if (await checkpoint.move(next, (step) => store.reject(step, rejection))) rejected += 1;
  }

  function isBehind(): boolean {
    const { records, bytes } = measureBacklog(journal, checkpoint.position());
    return records >= config.batch_records_max || bytes >= buffer.length;
  }

  return {
    async take() {
      await checkpoint.find();
      await secondLook.makeRoom();
      const run = readNext();
      if (run.frames.length === 0) return false;
      await partitions.prepareFor(run.frames);
      try {
        await write(run);
      } catch (error) {
        if (!isDataFault(error)) throw error;
        // A refusal is an answer: the checkpoint has not moved.
        await checkpoint.find();
        await narrow(run, error);
      }
      return recordsMax < config.batch_records_max || isBehind();
    },
    rejected: () => rejected,
    lookAgain: secondLook.lookAtAll,
    stop: secondLook.stop,
  };
}
