// Carries records from the journal to PostgreSQL, in batches, each in one transaction with the checkpoint. It may lag behind,
// as far as the journal's bound allows, but it never stops: a dead database is waited for, a record that PostgreSQL
// refuses is put aside.
import { sleep, type World } from "../../kernel/index.ts";
import type { LedgerConfig } from "../config.ts";
import { isDataFault } from "../database-faults.ts";
import type { Journal } from "../journal/journal.ts";
import type { JournalRun, Position } from "../journal/segment-list.ts";
import type { LedgerStore } from "../store.ts";
import { makeBatch } from "./batch.ts";

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
const BUFFER_BYTES_MIN = 64 * 1024;
const DAY_MS = 86_400_000;

export function createProjector(config: LedgerConfig["projector"], deps: ProjectorDeps): Projector {
  const { journal, world } = deps;
  const step = createStep(config, deps);
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
      while (await step.take()) if (isClosing) return;
      if (failures > 0) world.log.info({ pending: step.pendingRecords() }, "records reach the database again");
      failures = 0;
      lastError = null;
      if (step.pendingRecords() > 0 && !isClosing) schedule(config.interval);
    } catch (error) {
      failed(error);
    }
  }
}
