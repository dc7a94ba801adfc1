// A clock that can be moved forwards: the app under it lives through a week in a minute. What really passes counts too, so
// that nothing which waits for the clock waits forever.

export interface MovedClock {
  nowMs(): number;
  monotonicMs(): number;
  /** Forwards to this time; a time that is over already changes nothing. */
  moveTo(ms: number): void;
  advance(ms: number): void;
  /** Forwards to the real time, which it then keeps to. */
  catchUp(): void;
}

export function createMovedClock(startMs: number): MovedClock {
  const begunMs = performance.now();
  let skippedMs = 0;
  const nowMs = (): number => Math.trunc(startMs + performance.now() - begunMs + skippedMs);
  const moveTo = (ms: number): void => {
    skippedMs += Math.max(0, ms - nowMs());
  };
  return {
    nowMs,
    monotonicMs: () => performance.now() + skippedMs,
    moveTo,
    advance(ms) {
      skippedMs += ms;
    },
    catchUp: () => moveTo(Date.now()),
  };
}
