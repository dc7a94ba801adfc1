// Asks for the boundary many times a second, as somebody would who waits for it to be crossed.
import type { BinnacleClient } from "../../client/index.ts";

/** By signal: when it was first seen crossed, and when it was last seen to become within again. */
export type Seen = ReadonlyMap<string, { crossedMs: number; withinMs: number; lagMaxMs: number }>;

export interface BoundaryWatch {
  /** Or until the time is up: what was seen tells. */
  untilNothingIsCrossed(timeoutMs: number): Promise<void>;
  stop(): Promise<Seen>;
}

const POLL_MS = 50;

export function watchBoundary(client: BinnacleClient): BoundaryWatch {
  const seen = new Map<string, { crossedMs: number; withinMs: number; lagMaxMs: number }>();
  let isCrossed = false;
  let isOver = false;
  const watching = watch();

  async function watch(): Promise<void> {
    while (!isOver) {
      await look();
      await Bun.sleep(POLL_MS);
    }
  }

  async function look(): Promise<void> {
    const { state, signals } = await client.boundary.get();
    const nowMs = performance.now();
    isCrossed = state === "crossed";
    for (const { signal, state: itsState, lag_ms } of signals) {
      const known = seen.get(signal);
      if (itsState === "crossed") {
        const lagMaxMs = Math.max(known?.lagMaxMs ?? 0, lag_ms ?? 0);
        seen.set(signal, { crossedMs: known?.crossedMs ?? nowMs, withinMs: Infinity, lagMaxMs });
      } else if (known?.withinMs === Infinity) known.withinMs = nowMs;
    }
  }

  return {
    async untilNothingIsCrossed(timeoutMs) {
      const endMs = performance.now() + timeoutMs;
      while (performance.now() < endMs) {
        await Bun.sleep(2 * POLL_MS);
        if (!isCrossed) return;
      }
    },
    async stop() {
      isOver = true;
      await watching;
      return seen;
    },
  };
}
