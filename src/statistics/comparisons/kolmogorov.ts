// Kolmogorov's distribution: that of √n times the greatest distance between a distribution and n samples of it, for n without
// end; and for a given n (Simard and L'Ecuyer 2011 say which way of computing is right where).
import { byMatrix, byPelzGood, bySmirnov } from "./finite-kolmogorov.ts";

const TERMS = 40;
const TINY = 1e-18;

/** The probability of more than `x`. */
export function kolmogorovTail(x: number): number {
  if (x <= 0) return 1;
  if (x < 1) return 1 - kolmogorovBelow(x);
  let sum = 0;
  for (let term = 1; term <= TERMS; term += 1) {
    const part = 2 * Math.exp(-2 * term ** 2 * x ** 2);
    sum += term % 2 === 1 ? part : -part;
    if (part < TINY) break;
  }
  return sum;
}

// The series that is quick where the other is slow.
function kolmogorovBelow(x: number): number {
  let sum = 0;
  for (let term = 1; term <= TERMS; term += 1) sum += Math.exp((-((2 * term - 1) ** 2) * Math.PI ** 2) / (8 * x ** 2));
  return (Math.sqrt(2 * Math.PI) / x) * sum;
}

/** What `share` of all values are at or below. */
export function kolmogorovQuantile(share: number): number {
  let [low, high] = [0, 10];
  for (let step = 0; step < 200 && high - low > 1e-16; step += 1) {
    const middle = (low + high) / 2;
    if (kolmogorovTail(middle) > 1 - share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const SMALL = 140;

/** The probability that the greatest distance of `count` samples from their own distribution is at least `distance`. */
export function finiteKolmogorovTail(distance: number, count: number): number {
  if (distance <= 0.5 / count) return 1;
  if (distance >= 1) return 0;
  const square = count * distance ** 2;
  if (distance >= 0.5 || square > (count <= SMALL ? 4 : 2.2)) return Math.min(1, 2 * bySmirnov(distance, count));
  const below = count <= SMALL ? byMatrix(distance, count) : byPelzGood(distance, count);
  return Math.min(Math.max(1 - below, 0), 1);
}
