// Drift: how calls differ from how they were at a chosen time. It reads samples of the record in the background, one process
// of an installation at a time; no call waits for it.
import { sleep, type World } from "../kernel/index.ts";
import { inTurn, type Storage } from "../storage/index.ts";
import { createCheck } from "./checking/check.ts";
import { createLook, type ProfileSource, type TextVectors } from "./checking/look.ts";
import type { DriftConfig } from "./config.ts";
import { createQuestions, type Questions } from "./questions.ts";
import { createDriftListeners, type FindingListener } from "./listeners.ts";
import { createDriftStore } from "./store/store.ts";
import { showFinding } from "./views.ts";

export interface Drift extends Questions {
  /** Begins to look, once in `interval`. */
  start(): void;
  /** Comes back when the check under way is over. */
  close(): Promise<void>;
  /** Looks now; false where another process is at it, or the database is away. */
  check(): Promise<boolean>;
  /** Tells of findings that this process opens or closes; other processes' are in `findings`. Returns the way to stop. */
  subscribe(listener: FindingListener): () => void;
}

export interface DriftDeps {
  storage: Storage;
  /** The ledger. */
  source: ProfileSource;
  embedder: TextVectors;
  world: Pick<World, "nowMs" | "log">;
  /** Hears how old records are when they have been compared. */
  note?: (lagMs: number) => void;
}

export function createDrift(config: DriftConfig, { storage, source, embedder, world, note }: DriftDeps): Drift {
  const store = createDriftStore(storage);
  const { nowMs, log } = world;
  const listeners = createDriftListeners(log);
  const look = createLook(config, { source, slices: store.slices, embedder, log });
  const tell = (finding: Parameters<typeof showFinding>[0]): void => listeners.tell(showFinding(finding));
  const checkAll = createCheck(config, { look, store, nowMs, tell, note: note ?? (() => undefined) });
  const closing = new AbortController();
  let running = Promise.resolve();

  const check = async (): Promise<boolean> => storage.isAvailable() && (await inTurn(storage, "drift", checkAll));

  async function run(): Promise<void> {
    let hasFailed = false;
    for (;;) {
      await sleep(config.interval, closing.signal);
      if (closing.signal.aborted) return;
      try {
        await check();
        hasFailed = false;
      } catch (err) {
        // Told once, not with every check.
        if (!hasFailed) log.warn({ err }, "calls could not be compared with their baselines");
        hasFailed = true;
      }
    }
  }

  return {
    start: () => void (config.enabled && (running = run())),
    async close() {
      closing.abort();
      await running;
    },
    check,
    subscribe: listeners.add,
    ...createQuestions(config, { storage, store, look, source, world }),
  };
}
