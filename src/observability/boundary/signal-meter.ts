// One signal as it is measured: the lag of each event that became actionable, the age of the oldest that is not yet, and
// whether that is beyond the bound. A signal that was crossed counts as within again once it has stayed below its bound for a while.
import type { SignalName, SignalView } from "./contract.ts";
import { createLagWindow, type LagFigures } from "./lag-window.ts";

export interface SignalMeter {
  /** An event became actionable, so long after it happened. */
  note(lagMs: number): void;
  /** Time goes on; `oldestMs` is the age of the oldest event that is not actionable yet, null where none waits. */
  look(oldestMs: number | null): Change | undefined;
  view(): Omit<SignalView, "worker">;
  /** The same since the last call of this. */
  takeMinute(): LagFigures & { crossed_ms: number };
}

/** The bound was crossed just now, or is kept again. */
export interface Change {
  signal: SignalName;
  state: "within" | "crossed";
  lag_ms: number;
  bound_ms: number;
  at_ms: number;
}

export interface MeterOptions {
  signal: SignalName;
  boundMs: number;
  /** Its events are not told one by one: what waits is counted at each look. */
  isSampled: boolean;
  windowMs: number;
  recoverAfterMs: number;
  idleAfterMs: number;
}

interface Clock {
  nowMs(): number;
  monotonicMs(): number;
}

export function createSignalMeter(options: MeterOptions, clock: Clock): SignalMeter {
  const { signal, boundMs, isSampled, windowMs, recoverAfterMs, idleAfterMs } = options;
  const window = createLagWindow(windowMs);
  let minute = createLagWindow(MINUTE_ROOM_MS);
  let minuteCrossedMs = 0;
  let lookedMs = clock.monotonicMs();
  let lastLagMs: number | null = null;
  let lastEventMs = Number.NEGATIVE_INFINITY;
  /** The longest since the last look. */
  let worstMs: number | null = null;
  let beyondMs = Number.NEGATIVE_INFINITY;
  let crossedSinceMs: number | null = null;
  let crossedTimes = 0;

  function see(lagMs: number, nowMs: number): void {
    lastLagMs = lagMs;
    lastEventMs = nowMs;
  }

  function count(lagMs: number, nowMs: number): void {
    window.note(lagMs, nowMs);
    minute.note(lagMs, nowMs);
    see(lagMs, nowMs);
  }

  function countCrossed(nowMs: number): void {
    if (crossedSinceMs !== null) minuteCrossedMs += nowMs - lookedMs;
    lookedMs = nowMs;
  }

  function change(state: Change["state"], lag_ms: number): Change {
    const at_ms = clock.nowMs();
    crossedSinceMs = state === "crossed" ? at_ms : null;
    if (state === "crossed") crossedTimes += 1;
    return { signal, state, lag_ms, bound_ms: boundMs, at_ms };
  }

  return {
    note(lagMs) {
      count(lagMs, clock.monotonicMs());
      if (worstMs === null || lagMs > worstMs) worstMs = lagMs;
    },
    look(oldestMs) {
      const nowMs = clock.monotonicMs();
      countCrossed(nowMs);
      if (oldestMs !== null) (isSampled ? count : see)(oldestMs, nowMs);
      const lagMs = Math.max(oldestMs ?? 0, worstMs ?? 0);
      worstMs = null;
      if (lagMs > boundMs) {
        beyondMs = nowMs;
        return crossedSinceMs === null ? change("crossed", lagMs) : undefined;
      }
      const isBack = crossedSinceMs !== null && nowMs - beyondMs >= recoverAfterMs;
      return isBack ? change("within", lagMs) : undefined;
    },
    view() {
      const nowMs = clock.monotonicMs();
      const isIdle = crossedSinceMs === null && nowMs - lastEventMs > idleAfterMs;
      return {
        signal,
        bound_ms: boundMs,
        state: isIdle ? "idle" : crossedSinceMs === null ? "within" : "crossed",
        lag_ms: isIdle ? null : lastLagMs,
        ...window.read(nowMs),
        crossed_since_ms: crossedSinceMs,
        crossed_times: crossedTimes,
      };
    },
    takeMinute() {
      const nowMs = clock.monotonicMs();
      countCrossed(nowMs);
      const figures = minute.read(nowMs);
      const crossed_ms = minuteCrossedMs;
      minute = createLagWindow(MINUTE_ROOM_MS);
      minuteCrossedMs = 0;
      return { ...figures, crossed_ms };
    },
  };
}

/** Enough that nothing of a minute slides out before it is taken. */
const MINUTE_ROOM_MS = 180_000;
