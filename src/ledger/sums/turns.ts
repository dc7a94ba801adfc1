// The turns in which sums are made: minutes, then hours, then days, each turn one transaction of a size that fits the database.
import type { World } from "../../kernel/index.ts";
import type { Storage } from "../../storage/index.ts";
import type { SumsConfig } from "./config.ts";
import type { SumsState } from "./contract.ts";
import { type Grain, grains } from "./cubes.ts";
import { goneBefore, keptSince } from "./reading/kept-since.ts";
import { forgetPatterns } from "./store/costliest.ts";
import { dropTables } from "./store/keep-tables.ts";
import { rollTurn } from "./store/roll-grain.ts";
import { readRollState } from "./store/roll-state.ts";

interface TurnsDeps {
  storage: Storage;
  world: Pick<World, "nowMs" | "monotonicMs">;
  /** Aborts between two turns. */
  signal: AbortSignal;
}

/** How often tables that are past are looked for. */
const SWEEP_MS = 3_600_000;
/** A turn that took longer is followed by a smaller one: the projector may have to wait for it. */
const TURN_MS = 1000;

export function createTurns(config: SumsConfig, { storage, world, signal }: TurnsDeps) {
  /** Of each grain its own: an hour is more work than a minute. */
  const momentsMax: Record<Grain, number> = {
    minute: config.minutes_max,
    hour: config.minutes_max,
    day: config.minutes_max,
  };
  let rolling: Grain = "minute";
  let sweptMs = Number.NEGATIVE_INFINITY;
  let lag: Omit<SumsState, "last_error"> = { waiting_minutes: 0, lag_ms: 0 };

  function makeSmaller(grain: Grain): void {
    momentsMax[grain] = Math.max(1, momentsMax[grain] >> 1);
  }

  async function rollAll(grain: Grain): Promise<void> {
    for (let isMore = true; isMore && !signal.aborted;) {
      const startedMs = world.monotonicMs();
      const nowMs = world.nowMs();
      const most = momentsMax[grain];
      rolling = grain;
      const limits = { overBeforeMs: nowMs - config.settle, keptSince: keptSince(config, nowMs) };
      const done = await rollTurn(storage.pool, { grain, most, ...limits });
      isMore = done === most;
      const tookMs = world.monotonicMs() - startedMs;
      if (tookMs > TURN_MS) makeSmaller(grain);
      // One that had little to do tells nothing of what a full one takes.
      else if (isMore) momentsMax[grain] = Math.min(config.minutes_max, most * 2);
    }
  }

  async function measureLag(): Promise<void> {
    const nowMs = world.nowMs();
    const { waitingMinutes, oldestMs } = await readRollState(storage.pool, nowMs);
    lag = { waiting_minutes: waitingMinutes, lag_ms: oldestMs === undefined ? 0 : nowMs - oldestMs };
  }

  async function sweep(): Promise<void> {
    if (world.nowMs() - sweptMs < SWEEP_MS) return;
    const since = keptSince(config, world.nowMs());
    await dropTables(storage.pool, "minute", goneBefore("minute", since));
    await dropTables(storage.pool, "hour", goneBefore("hour", since));
    await forgetPatterns(storage.pool, world.nowMs() - config.patterns_kept);
    sweptMs = world.nowMs();
  }

  return {
    /** Sums all that can be summed now, unless another process does. Throws what the database throws. */
    async catchUp(): Promise<void> {
      for (const grain of grains) {
        await measureLag();
        await rollAll(grain);
      }
      await measureLag();
      await sweep();
    },
    /** After a failure: it may have been for its size. */
    makeSmaller: () => makeSmaller(rolling),
    lag: () => lag,
  };
}
