// A bucket that leaks: what was spent of a cap drains away at an even rate, and may be spent again. So no more than the cap is
// spent at once, and in any stretch of time no more than the cap and what drains in it.

export interface Drained {
  /** Of all that was ever spent, what counts no more. */
  drained: number;
  /** Up to when, in the milliseconds of the books' clock. */
  atMs: number;
}

export interface Draining {
  /** All that was spent, as told before now: what is told later drains from then on. */
  spent: number;
  perMs: number;
  nowMs: number;
}

/** Whole ones only; what remains of the time counts the next time. */
export function drain({ drained, atMs }: Drained, { spent, perMs, nowMs }: Draining): Drained {
  const whole = Math.floor((nowMs - atMs) * perMs);
  if (drained + Math.max(0, whole) >= spent) return { drained: Math.max(drained, spent), atMs: Math.max(atMs, nowMs) };
  return whole <= 0 ? { drained, atMs } : { drained: drained + whole, atMs: atMs + whole / perMs };
}
