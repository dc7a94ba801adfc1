// The last times that something took, and what 95 in 100 of them stay below.

export interface RecentTimes {
  add(ms: number): void;
  readonly count: number;
  /** NaN while there are none. As of a few additions ago: it is worked out now and then. */
  p95(): number;
}

/** Room for times. */
const KEPT = 128;
const REFRESH_AFTER = 8;

export function createRecentTimes(): RecentTimes {
  const times = new Float64Array(KEPT);
  let added = 0;
  let p95 = Number.NaN;
  let isDueAt = 1;
  return {
    add(ms) {
      times[added % KEPT] = ms;
      added += 1;
    },
    get count() {
      return Math.min(added, KEPT);
    },
    p95() {
      if (added >= isDueAt) {
        const sorted = times.slice(0, Math.min(added, KEPT)).sort();
        p95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
        isDueAt = added + REFRESH_AFTER;
      }
      return p95;
    },
  };
}
