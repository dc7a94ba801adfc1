// Whether a signal is beyond its bound: from the first look at which it is until it has kept its bound for a while again, so
// that one that swings about its bound is crossed once.
import type { SignalName } from "./contract.ts";

/** The bound was crossed just now, or is kept again. */
export interface Change {
  signal: SignalName;
  state: "within" | "crossed";
  lag_ms: number;
  bound_ms: number;
  at_ms: number;
}

export interface Crossing {
  /** `nowMs` by the monotonic clock. */
  look(lagMs: number, nowMs: number): Change | undefined;
  /** Epoch milliseconds; null while it is not crossed. */
  sinceMs(): number | null;
  times(): number;
  /** How long it was crossed since the last call of this. */
  takeCrossedMs(nowMs: number): number;
}

interface CrossingOptions {
  signal: SignalName;
  boundMs: number;
  recoverAfterMs: number;
}

export function createCrossing(
  { signal, boundMs, recoverAfterMs }: CrossingOptions,
  clock: { nowMs(): number; monotonicMs(): number },
): Crossing {
  let lookedMs = clock.monotonicMs();
  let beyondMs = Number.NEGATIVE_INFINITY;
  let sinceMs: number | null = null;
  let times = 0;
  let crossedMs = 0;

  function pass(nowMs: number): void {
    if (sinceMs !== null) crossedMs += nowMs - lookedMs;
    lookedMs = nowMs;
  }

  function change(state: Change["state"], lag_ms: number): Change {
    const at_ms = clock.nowMs();
    sinceMs = state === "crossed" ? at_ms : null;
    if (state === "crossed") times += 1;
    return { signal, state, lag_ms, bound_ms: boundMs, at_ms };
  }

  return {
    look(lagMs, nowMs) {
      pass(nowMs);
      if (lagMs > boundMs) {
        beyondMs = nowMs;
        return sinceMs === null ? change("crossed", lagMs) : undefined;
      }
      return sinceMs !== null && nowMs - beyondMs >= recoverAfterMs ? change("within", lagMs) : undefined;
    },
    sinceMs: () => sinceMs,
    times: () => times,
    takeCrossedMs(nowMs) {
      pass(nowMs);
      const taken = crossedMs;
      crossedMs = 0;
      return taken;
    },
  };
}
