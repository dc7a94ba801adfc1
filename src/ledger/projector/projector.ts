// Carries records from the journal to PostgreSQL, in batches, each in one transaction with the checkpoint. It may lag behind,
// as far as the journal's bound allows, but it never stops: a dead database is waited for, a record that PostgreSQL
// refuses is put aside.
import { sleep, type World } from "../../kernel/index.ts";
import type { LedgerConfig } from "../config.ts";
import type { Journal } from "../journal/journal.ts";
import type { BodySealer } from "../sealing.ts";
import type { LedgerStore } from "../store/store.ts";
import { ageOfBacklog, measureBacklog, type Backlog } from "./backlog.ts";
import { createCheckpoint } from "./checkpoint.ts";
import type { Noting } from "./looking/notes.ts";
import { type BatchTaker, createBatchTaker } from "./take-batch.ts";

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
  /** What is in the journal and not in PostgreSQL. */
  backlog: Backlog;
  /** Age of the oldest record that is not in PostgreSQL. */
  lagMs: number;
  lastError: string | null;
}

interface ProjectorDeps {
  journal: Journal;
  store: LedgerStore;
  isAvailable(): boolean;
  sealer?: BodySealer | undefined;
  /** Who wants to know what of each call now. */
  noting?: (() => Noting | undefined) | undefined;
  /** Of each body, the text of which words are kept; undefined for none. */
  wordsBytesMax?: number | undefined;
  world: Pick<World, "nowMs" | "random" | "log">;
  /** Told of each record that has reached PostgreSQL: when it was closed. */
  onStored?: ((closedAtMs: number) => void) | undefined;
}

const FIRST_RETRY_MS = 100;

export function createProjector(config: LedgerConfig["projector"], deps: ProjectorDeps): Projector {
  const { journal, world, isAvailable } = deps;
  const checkpoint = createCheckpoint(deps);
  const taker = createBatchTaker(config, { ...deps, checkpoint });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let failures = 0;
  let lastError: string | null = null;
  let isClosing = false;

  const backlog = () => measureBacklog(journal, checkpoint.position());

  function schedule(delayMs: number): void {
    if (isClosing) return;
    timer = setTimeout(() => {
      timer = undefined;
      running = run().finally(() => {
        running = undefined;
        // What came while this ran found it awake.
        if (timer === undefined && backlog().bytes > 0) schedule(config.interval);
      });
    }, delayMs);
  }

  async function run(): Promise<void> {
    try {
      if (!isAvailable()) throw new Error("the database does not answer");
      for (let isMore = true; isMore;) isMore = (await taker.take()) && !isClosing;
    } catch (error) {
      return failed(error);
    }
    if (failures > 0) world.log.info({ pending: backlog().records }, "records reach the database again");
    failures = 0;
    lastError = sayRejected(taker.rejected());
  }

  function failed(error: unknown): void {
    lastError = error instanceof Error ? error.message : String(error);
    if (failures === 0) world.log.warn({ why: lastError, pending: backlog().records }, "records wait for the database");
    failures += 1;
    schedule(retryDelayMs(failures, config.retry_max) * (0.5 + world.random() / 2));
  }

  return {
    start() {
      checkpoint.start();
      schedule(0);
    },
    wake() {
      if (timer === undefined && running === undefined) schedule(config.interval);
    },
    async close(timeoutMs) {
      isClosing = true;
      clearTimeout(timer);
      const isMore = () => backlog().bytes > 0 && isAvailable();
      await withinTime(timeoutMs, (signal) => finish(taker, running, () => isMore() && !signal.aborted));
      if (backlog().bytes > 0) world.log.warn(backlog(), "records wait in the journal for the next start");
    },
    state: () => ({
      projectedRecords: checkpoint.recordsMoved(),
      backlog: backlog(),
      lagMs: ageOfBacklog(journal, { from: checkpoint.position(), nowMs: world.nowMs() }),
      lastError,
    }),
  };
}

/** Takes what is left. Throws what the database throws. */
async function finish(taker: BatchTaker, running: Promise<void> | undefined, isMore: () => boolean): Promise<void> {
  taker.stop();
  await running;
  while (isMore()) await taker.take();
  await taker.lookAgain();
}

/** Resolves when the work ends, well or not, or when the time is up. */
async function withinTime(timeoutMs: number, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const deadline = new AbortController();
  await Promise.race([work(deadline.signal).catch(() => undefined), sleep(timeoutMs, deadline.signal)]);
  deadline.abort();
}

function retryDelayMs(failures: number, maxMs: number): number {
  return Math.min(maxMs, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 16));
}

function sayRejected(records: number): string | null {
  return records === 0 ? null : `PostgreSQL refused ${records} records; they are kept in ledger_rejected`;
}
