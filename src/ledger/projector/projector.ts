// Carries records from the journal to PostgreSQL, in batches, each in one transaction with the checkpoint. It may lag behind,
// as far as the journal's bound allows, but it never stops: a dead database is waited for, a record that PostgreSQL
// refuses is put aside.
import { sleep, type World } from "../../kernel/index.ts";
import type { LedgerConfig } from "../config.ts";
import type { Journal } from "../journal/journal.ts";
import type { LedgerStore } from "../store.ts";
import { createBatchTaker } from "./take-batch.ts";

export interface Projector {
  /** Begins, with what an earlier process may have left. */
  start(): void;
  /** There is something new in the journal. Cheap: called by every call. */
  wake(): void;
  /** Writes what is left, for at most `timeoutMs`, and stops. What does not make it waits in the journal. */
  close(timeoutMs: number): Promise<void>;
  state(): ProjectorState;
}

export interface ProjectorState {
  projectedRecords: number;
  pendingRecords: number;
  pendingBytes: number;
  /** Age of the oldest record that is not in PostgreSQL. */
  lagMs: number;
  lastError: string | null;
}

interface ProjectorDeps {
  journal: Journal;
  store: LedgerStore;
  isAvailable(): boolean;
  world: Pick<World, "nowMs" | "random" | "log">;
}

const FIRST_RETRY_MS = 100;
const ONE_RECORD_BYTES = 16 * 1024;

export function createProjector(config: LedgerConfig["projector"], deps: ProjectorDeps): Projector {
  const { journal, world, isAvailable } = deps;
  const taker = createBatchTaker(config, deps);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let failures = 0;
  let lastError: string | null = null;
  let isClosing = false;

  function schedule(delayMs: number): void {
    timer = setTimeout(() => {
      timer = undefined;
      running = run().finally(() => (running = undefined));
    }, delayMs);
  }

  async function run(): Promise<void> {
    try {
      if (!isAvailable()) throw new Error("the database does not answer");
      for (let isMore = true; isMore;) isMore = (await taker.take()) && !isClosing;
      succeeded();
      if (pendingRecords() > 0 && !isClosing) schedule(config.interval);
    } catch (error) {
      failed(error);
    }
  }

  function succeeded(): void {
    if (failures > 0) world.log.info({ pending: pendingRecords() }, "records reach the database again");
    failures = 0;
    const { rejected } = taker.counts();
    lastError = rejected === 0 ? null : `PostgreSQL refused ${rejected} records; they are kept in ledger_rejected`;
  }

  function failed(error: unknown): void {
    lastError = error instanceof Error ? error.message : String(error);
    if (failures === 0) world.log.warn({ why: lastError, pending: pendingRecords() }, "records wait for the database");
    const delayMs = Math.min(config.retry_max, FIRST_RETRY_MS * 2 ** Math.min(failures, 16));
    failures += 1;
    if (!isClosing) schedule(delayMs * (0.5 + world.random() / 2));
  }

  function pendingRecords(): number {
    const position = taker.position();
    return journal.bytesFrom(position) === 0 ? 0 : Math.max(0, journal.end().record - position.record);
  }

  function lagMs(): number {
    const oldest = journal.read(taker.position(), { buffer: Buffer.allocUnsafe(ONE_RECORD_BYTES), recordsMax: 1 });
    return Math.max(0, world.nowMs() - (oldest.frames[0]?.closedAtMs ?? world.nowMs()));
  }

  async function finish(signal: AbortSignal): Promise<void> {
    await running;
    while (pendingRecords() > 0 && isAvailable() && !signal.aborted) await taker.take();
  }

  return {
    start() {
      taker.start();
      schedule(0);
    },
    wake() {
      if (timer === undefined && running === undefined && !isClosing) schedule(config.interval);
    },
    async close(timeoutMs) {
      isClosing = true;
      clearTimeout(timer);
      const deadline = new AbortController();
      await Promise.race([finish(deadline.signal).catch(failed), sleep(timeoutMs, deadline.signal)]);
      deadline.abort();
      if (pendingRecords() > 0)
        world.log.warn({ pending: pendingRecords() }, "records wait in the journal for the next start");
    },
    state: () => ({
      projectedRecords: taker.counts().projected,
      pendingRecords: pendingRecords(),
      pendingBytes: journal.bytesFrom(taker.position()),
      lagMs: lagMs(),
      lastError,
    }),
  };
}
