// Keeps sums up with the records: minutes that changed, then their hours, then their days, a bounded piece at a time. One process
// does it at a time; when it ends, another goes on. Nobody waits for it: what is behind is read from the records.
import { sleep, type World } from "../../kernel/index.ts";
import type { Storage } from "../../storage/index.ts";
import type { SumsConfig } from "./config.ts";
import type { SumsState } from "./contract.ts";
import { freezeBefore } from "./store/roll-state.ts";
import { createTurns } from "./turns.ts";

export interface Roller {
  /** Begins; does not wait for the database. */
  start(): void;
  /** Sums all that can be summed now. Throws what the database throws. */
  catchUp(): Promise<void>;
  /** Sums what can be summed, and leaves all before this moment as it is then. */
  freeze(beforeMs: number): Promise<void>;
  /** Lets the turn under way end, for so long. */
  close(timeoutMs: number): Promise<void>;
  state(): SumsState;
}

interface RollerDeps {
  storage: Storage;
  world: Pick<World, "nowMs" | "monotonicMs" | "random" | "log">;
}

const FIRST_RETRY_MS = 200;

export function createRoller(config: SumsConfig, deps: RollerDeps): Roller {
  const { storage, world } = deps;
  const closing = new AbortController();
  const turns = createTurns(config, { ...deps, signal: closing.signal });
  let running: Promise<void> = Promise.resolve();
  let failures = 0;
  let lastError: string | null = null;

  async function round(): Promise<void> {
    try {
      if (!storage.isAvailable()) throw new Error("the database does not answer");
      await turns.catchUp();
      failures = 0;
      lastError = null;
    } catch (error) {
      lastError = error instanceof Error ? error.message : String(error);
      if (failures === 0) world.log.warn({ why: lastError }, "sums cannot be made now; they are read from the records");
      failures += 1;
      turns.makeSmaller();
    }
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      await round();
      const retryMs = Math.min(config.retry_max, FIRST_RETRY_MS * 2 ** Math.min(failures, 16));
      await sleep(failures > 0 ? retryMs * (0.5 + world.random() / 2) : config.interval, closing.signal);
    }
  }

  return {
    start() {
      running = run();
    },
    catchUp: turns.catchUp,
    async freeze(beforeMs) {
      await turns.catchUp();
      await freezeBefore(storage.pool, beforeMs);
    },
    async close(timeoutMs) {
      closing.abort();
      const deadline = new AbortController();
      await Promise.race([running, sleep(timeoutMs, deadline.signal)]);
      deadline.abort();
    },
    state: () => ({ ...turns.lag(), last_error: lastError }),
  };
}
