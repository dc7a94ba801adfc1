// Makes what came searchable, a little later than it came: one process of an installation at a time, batch by batch, each
// in one transaction with its leaving the queue. Killed in the middle, the next process begins that batch again.
import type { World } from "../../kernel/index.ts";
import { inTurn, type Storage } from "../../storage/index.ts";
import type { LedgerConfig } from "../config.ts";
import type { IndexStore, WordsOf } from "../store/records/indexing.ts";
import { wordsOfRecord } from "./words-of-record.ts";

export interface Indexer {
  start(): void;
  /** Ends after the batch that is at work. */
  close(): Promise<void>;
  state(): IndexingState;
}

export interface IndexingState {
  /** From a batch's coming into PostgreSQL to its being searchable, of the last one; as far as this process made it so. */
  lagMs: number;
  indexedRecords: number;
  lastError: string | null;
}

interface IndexerDeps {
  storage: Storage;
  store: IndexStore;
  world: Pick<World, "nowMs" | "log">;
}

const SWEEP_EVERY_MS = 3_600_000;

export function createIndexer(config: LedgerConfig["search"], { storage, store, world }: IndexerDeps): Indexer {
  const state: IndexingState = { lagMs: 0, indexedRecords: 0, lastError: null };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let isClosing = false;
  let sweptAtMs = 0;

  const wordsOf: WordsOf | undefined = config.enabled
    ? ({ record, bodies }) => wordsOfRecord(record, bodies, config.text_bytes_max)
    : undefined;

  async function indexAll(): Promise<void> {
    while (!isClosing) {
      const batch = await store.indexNext(wordsOf);
      if (!batch) break;
      state.lagMs = Math.max(0, world.nowMs() - batch.queuedAtMs);
      state.indexedRecords += batch.records;
    }
    if (world.nowMs() - sweptAtMs < SWEEP_EVERY_MS || isClosing) return;
    sweptAtMs = world.nowMs();
    await store.sweepHeads();
  }

  async function run(): Promise<void> {
    if (!storage.isAvailable()) return;
    try {
      await inTurn(storage, "ledger-indexing", indexAll);
      state.lastError = null;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (state.lastError === null) world.log.warn({ why }, "records wait to be indexed");
      state.lastError = why;
    }
  }

  function schedule(): void {
    if (isClosing) return;
    timer = setTimeout(() => {
      running = run().finally(schedule);
    }, config.interval);
  }

  return {
    start: schedule,
    async close() {
      isClosing = true;
      clearTimeout(timer);
      await running;
    },
    state: () => state,
  };
}
