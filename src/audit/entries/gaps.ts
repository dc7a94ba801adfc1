// What was not kept: counted, and told by an entry now and then, so that a gap is seen to be one; and when refusals are too many.
import { type CompleteEntry, SYSTEM } from "../acting/acting.ts";

export interface Gaps {
  drop(): void;
  isDue(): boolean;
  /** The entry that tells of all so far; undefined where none is due. Given back by `untell` where it could not be written. */
  take(): { entry: CompleteEntry; dropped: number } | undefined;
  untell(dropped: number): void;
  count(): number;
  /** From now on a gap is due at once. */
  close(): void;
}

export function createGaps(
  { gap_interval: intervalMs }: { gap_interval: number },
  { nowMs, due }: { nowMs(): number; due(): void },
): Gaps {
  let dropped = 0;
  let sinceMs = 0;
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  const isDue = (): boolean => dropped > 0 && (isClosed || Math.abs(nowMs() - toldAtMs) >= intervalMs);
  return {
    drop() {
      if (dropped === 0) sinceMs = nowMs();
      dropped += 1;
      if (isClosed) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        due();
      }, intervalMs);
    },
    isDue,
    take() {
      if (!isDue()) return undefined;
      const taken = { entry: gapEntry(dropped, sinceMs), dropped };
      dropped = 0;
      toldAtMs = nowMs();
      return taken;
    },
    untell(count) {
      dropped += count;
      toldAtMs = Number.NEGATIVE_INFINITY;
    },
    count: () => dropped,
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

/** Whoever tries keys without end fills no table with it. */
export function createRefusalBound(max: number, nowMs: () => number): (entry: CompleteEntry) => boolean {
  let minute = 0;
  let refusals = 0;
  return ({ outcome }) => {
    if (outcome !== "refused") return false;
    const now = Math.floor(nowMs() / 60_000);
    if (now !== minute) [minute, refusals] = [now, 0];
    refusals += 1;
    return refusals > max;
  };
}

function gapEntry(dropped: number, sinceMs: number): CompleteEntry {
  return {
    action: "gap",
    actor: SYSTEM,
    resource: { type: "audit", id: "entries" },
    organisation: SYSTEM.organisation,
    outcome: "failed",
    details: { dropped, since_ms: sinceMs },
  };
}
