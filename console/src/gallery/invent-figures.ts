// Invented figures for the gallery: the same each time, but for the hour at which it was opened.

export const minute = 60_000;
export const hour = 60 * minute;
export const openedAtMs = Date.now();
export const models = ["careful", "quick", "local-small", "vision-large-2026-08", "embed", "night-shift"];

/** A course that wanders around `base`, higher by day than by night. Never below zero. */
export function course({
  seed,
  count,
  base,
  swing,
}: {
  seed: number;
  count: number;
  base: number;
  swing: number;
}): number[] {
  let state = seed * 7919;
  let drift = 0;
  return Array.from({ length: count }, (_, index) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const noise = state / 2_147_483_648 - 0.5;
    drift = drift * 0.86 + noise * 0.5;
    const daily = Math.sin((index / count) * 2 * Math.PI + seed);
    return Math.max(0, base + swing * (0.6 * daily + drift));
  });
}
