// Keeps sums up with the records: minutes that changed, then their hours, then their days, a bounded piece at a time. One process
// does it at a time; when it ends, another goes on. Nobody waits for it: what is behind is read from the records.
import { sleep, type World } from "../../kernel/index.ts";
import type { Storage } from "../../storage/index.ts";
import type { SumsConfig } from "./config.ts";
import type { SumsState } from "./contract.ts";
import { type Grain, grains } from "./cubes.ts";
import { goneBefore, keptSince } from "./reading/kept-since.ts";
import { dropTables } from "./store/keep-tables.ts";
import { rollTurn } from "./store/roll-grain.ts";
import { freezeBefore, readRollState } from "./store/roll-state.ts";

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
  world: Pick<World, "nowMs" | "random" | "log">;
}

const FIRST_RETRY_MS = 200;
/** How often tables that are past are looked for. */
const SWEEP_MS = 3_600_000;
/** A turn that took longer is followed by a smaller one: the projector may have to wait for it. */
const TURN_MS = 1000;

export function createRoller(config: SumsConfig, { storage, world }: RollerDeps): Roller {
  const closing = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let failures = 0;
  let momentsMax = config.minutes_max;
  let sweptMs = Number.NEGATIVE_INFINITY;
  let state: SumsState = { waiting_minutes: 0, lag_ms: 0, last_error: null };

  async function rollAll(grain: Grain): Promise<void> {
    for (let isMore = true; isMore && !closing.signal.aborted;) {
      const startedMs = performance.now();
      const nowMs = world.nowMs();
      const turn = {
        grain,
        overBeforeMs: nowMs - config.settle,
        most: momentsMax,
        keptSince: keptSince(config, nowMs),
      };
      const done = await rollTurn(storage.pool, turn);
      isMore = done === momentsMax;
      const tookMs = performance.now() - startedMs;
      momentsMax = tookMs > TURN_MS ? Math.max(1, momentsMax >> 1) : Math.min(config.minutes_max, momentsMax * 2);
    }
  }

  async function catchUp(): Promise<void> {
    for (const grain of grains) await rollAll(grain);
    await look();
    if (world.nowMs() - sweptMs < SWEEP_MS) return;
    const since = keptSince(config, world.nowMs());
    await dropTables(storage.pool, "minute", goneBefore("minute", since));
    await dropTables(storage.pool, "hour", goneBefore("hour", since));
    sweptMs = world.nowMs();
  }

  async function look(): Promise<void> {
    const nowMs = world.nowMs();
    const { waitingMinutes, oldestMs } = await readRollState(storage.pool, nowMs);
    state = {
      waiting_minutes: waitingMinutes,
      lag_ms: oldestMs === undefined ? 0 : nowMs - oldestMs,
      last_error: null,
    };
  }

  async function turn(): Promise<void> {
    try {
      if (!storage.isAvailable()) throw new Error("the database does not answer");
      await catchUp();
      failures = 0;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (failures === 0) world.log.warn({ why }, "sums cannot be made now; they are read from the records");
      failures += 1;
      momentsMax = Math.max(1, momentsMax >> 1);
      state = { ...state, last_error: why };
    }
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      await turn();
      const retryMs = Math.min(config.retry_max, FIRST_RETRY_MS * 2 ** Math.min(failures, 16));
      await sleep(failures > 0 ? retryMs * (0.5 + world.random() / 2) : config.interval, closing.signal);
    }
  }

  return {
    start() {
      running = run();
    },
    catchUp,
    async freeze(beforeMs) {
      await catchUp();
      await freezeBefore(storage.pool, beforeMs);
    },
    async close(timeoutMs) {
      closing.abort();
      const deadline = new AbortController();
      await Promise.race([running, sleep(timeoutMs, deadline.signal)]);
      deadline.abort();
    },
    state: () => state,
  };
}
