// When calls began that nobody has compared with their baseline yet. Comparisons come minutes apart, and calls may be many: one a
// second is kept, and fewer when the wait is long, but always the oldest.

export interface Uncompared {
  /** In about the order of time. */
  add(atMs: number): void;
  /** The oldest that is not before this; null where there is none. What is before is forgotten. */
  oldestFrom(comparedUntilMs: number): number | null;
}

const APART_MS = 1000;
const KEPT_MAX = 2048;

export function createUncompared(): Uncompared {
  let kept: number[] = [];
  let apartMs = APART_MS;

  function thin(): void {
    apartMs *= 2;
    let last = Number.NEGATIVE_INFINITY;
    kept = kept.filter((atMs) => {
      if (atMs - last < apartMs) return false;
      last = atMs;
      return true;
    });
  }

  return {
    add(atMs) {
      const last = kept.at(-1);
      if (last !== undefined && atMs - last < apartMs) return;
      kept.push(atMs);
      if (kept.length > KEPT_MAX) thin();
    },
    oldestFrom(comparedUntilMs) {
      const first = kept.findIndex((atMs) => atMs >= comparedUntilMs);
      kept = first === -1 ? [] : kept.slice(first);
      if (kept.length === 0) apartMs = APART_MS;
      return kept[0] ?? null;
    },
  };
}
