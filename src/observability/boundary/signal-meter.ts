// One signal as it is measured: the lag of each event that became actionable, the age of the oldest that is not yet, and
// whether that is beyond the bound.
import type { SignalName, SignalView } from "./contract.ts";
import { type Change, createCrossing } from "./crossing.ts";
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

export interface MeterOptions {
  signal: SignalName;
  boundMs: number;
  /** Its events are not told one by one: what waits is counted at each look. */
  isSampled: boolean;
  windowMs: number;
  recoverAfterMs: number;
  idleAfterMs: number;
}

/** Enough that nothing of a minute slides out before it is taken. */
const MINUTE_ROOM_MS = 180_000;

export function createSignalMeter(
  options: MeterOptions,
  clock: { nowMs(): number; monotonicMs(): number },
): SignalMeter {
  const { signal, boundMs, isSampled, windowMs, idleAfterMs } = options;
  const crossing = createCrossing(options, clock);
  const window = createLagWindow(windowMs);
  let minute = createLagWindow(MINUTE_ROOM_MS);
  let lastLagMs: number | null = null;
  let lastEventMs = Number.NEGATIVE_INFINITY;
  /** The longest since the last look. */
  let worstMs = 0;

  function see(lagMs: number, nowMs: number): void {
    lastLagMs = lagMs;
    lastEventMs = nowMs;
  }

  function count(lagMs: number, nowMs: number): void {
    window.note(lagMs, nowMs);
    minute.note(lagMs, nowMs);
    see(lagMs, nowMs);
  }

  return {
    note(lagMs) {
      count(lagMs, clock.monotonicMs());
      if (lagMs > worstMs) worstMs = lagMs;
    },
    look(oldestMs) {
      const nowMs = clock.monotonicMs();
      if (oldestMs !== null) (isSampled ? count : see)(oldestMs, nowMs);
      const lagMs = Math.max(oldestMs ?? 0, worstMs);
      worstMs = 0;
      return crossing.look(lagMs, nowMs);
    },
    view() {
      const nowMs = clock.monotonicMs();
      const crossed_since_ms = crossing.sinceMs();
      const isIdle = crossed_since_ms === null && nowMs - lastEventMs > idleAfterMs;
      return {
        signal,
        bound_ms: boundMs,
        state: isIdle ? "idle" : crossed_since_ms === null ? "within" : "crossed",
        lag_ms: isIdle ? null : lastLagMs,
        ...window.read(nowMs),
        crossed_since_ms,
        crossed_times: crossing.times(),
      };
    },
    takeMinute() {
      const nowMs = clock.monotonicMs();
      const figures = minute.read(nowMs);
      minute = createLagWindow(MINUTE_ROOM_MS);
      return { ...figures, crossed_ms: crossing.takeCrossedMs(nowMs) };
    },
  };
}
