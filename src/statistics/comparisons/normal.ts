// The normal distribution's tail, and back from it.
import cdf from "@stdlib/stats-base-dists-normal-cdf";
import quantile from "@stdlib/stats-base-dists-normal-quantile";

/** The probability of more than `z`. */
export function normalTail(z: number): number {
  return cdf(-z, 0, 1);
}

// Beyond this the quantile has no number any more.
const TINIEST = 1e-300;

/** The z whose tail is `p`; for noughts and ones as for the nearest number that has one. */
export function normalFromTail(p: number): number {
  return -quantile(Math.min(Math.max(p, TINIEST), 1 - 1e-16), 0, 1);
}

export function normalQuantile(share: number): number {
  return quantile(share, 0, 1);
}
