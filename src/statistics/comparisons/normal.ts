// The normal distribution's tail, and back from it.
import cdf from "@stdlib/stats-base-dists-normal-cdf";
import quantile from "@stdlib/stats-base-dists-normal-quantile";

/** The probability of more than `z`. */
export function normalTail(z: number): number {
  return cdf(-z, 0, 1);
}

// Beyond this the quantile has no number any more.
const TINIEST = 1e-300;
// Below this the library's quantile loses digits.
const FAR_OUT = 1e-6;

/** The z whose tail is `p`; for noughts and ones as for the nearest number that has one. */
export function normalFromTail(p: number): number {
  if (p > 0.5) return -normalFromTail(Math.max(1 - p, 1e-16));
  return p >= FAR_OUT ? -quantile(p, 0, 1) : farOut(Math.max(p, TINIEST));
}

/** Newton's method on the logarithm of the tail, from where its leading term is right. */
function farOut(p: number): number {
  let z = Math.sqrt(-2 * Math.log(p));
  for (let step = 0; step < 12; step += 1) {
    const tail = normalTail(z);
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    z += (Math.log(tail / p) * tail) / density;
  }
  return z;
}

export function normalQuantile(share: number): number {
  return -normalFromTail(share);
}
