// Money is an integer count of micro-dollars (1 USD = 1,000,000). Floats appear only where a price is read or shown.

/** Integer micro-dollars. Safe up to about nine billion dollars. */
export type UsdMicros = number;

/** Dollars to micro-dollars, rounded half up. Throws on NaN, infinity or beyond the safe range: a defect, not an input. */
export function usdMicros(usd: number): UsdMicros {
  const micros = Math.round(usd * 1_000_000);
  if (!Number.isSafeInteger(micros)) throw new RangeError(`not an amount of money: ${usd}`);
  return micros;
}

/** `$0.001234`: six digits below one dollar, two from there on. */
export function formatUsd(micros: UsdMicros): string {
  const usd = micros / 1_000_000;
  return `$${Math.abs(usd) >= 1 ? usd.toFixed(2) : usd.toFixed(6)}`;
}
