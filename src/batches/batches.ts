// The face of this room: files, batches, and what carries them out.
import type { Gateway } from "../gateway/index.ts";
import type { Governance } from "../governance/index.ts";
import type { ContentSealer, World } from "../kernel/index.ts";
import { createWithDatabase, type Storage } from "../storage/index.ts";
import type { BatchesConfig } from "./config.ts";
import { batchesErrors } from "./errors.ts";
import { createFiles, type Files } from "./files.ts";
import { createJobs, type Jobs } from "./jobs.ts";
import { createLoop } from "./run/loop.ts";
import { createRunner } from "./run/runner.ts";
import { createTender } from "./stages/tend-batches.ts";
import { createBatchesStore } from "./store/store.ts";

/** Each may throw `batches.unavailable` while PostgreSQL is away. */
export interface Batches {
  /** Begins to carry out what is there. The tables must be. */
  start(): void;
  /** Lets lines in flight end within `shutdown_grace`; what is left is carried out after the next start. */
  close(): Promise<void>;
  files: Files;
  jobs: Jobs;
}

export interface BatchesDeps {
  storage: Storage;
  world: World;
  gateway: Gateway;
  governance: Governance;
  sealer: ContentSealer;
}

export function createBatches(
  config: BatchesConfig,
  { storage, world: given, gateway, governance, sealer }: BatchesDeps,
): Batches {
  const world = { ...given, log: given.log.child({ room: "batches" }) };
  const store = createBatchesStore(storage, sealer);
  const { isAvailable } = storage;
  const tend = createTender(config, { store, world, onStepped: () => runner.wake() });
  const tending = createLoop(async () => isAvailable() && tend(), { intervalMs: config.poll_interval, log: world.log });
  const runner = createRunner(config, {
    lines: store.lines,
    gateway,
    governance,
    world,
    isAvailable,
    onBatchDone: () => tending.wake(),
  });

  function wake(): void {
    tending.wake();
    runner.wake();
  }

  const withDatabase = createWithDatabase(isAvailable, batchesErrors.unavailable);

  return {
    start() {
      tending.start();
      runner.start();
    },
    async close() {
      await Promise.all([tending.close(), runner.close()]);
    },
    files: createFiles(config, { store, withDatabase }),
    jobs: createJobs(config, { store, withDatabase, onChange: wake }),
  };
}
