// Two histograms of sizes: the distance of their distribution functions (KS), the shares in the deciles of the first (PSI,
// Jensen–Shannon), and by how much values have moved (Wasserstein, of logarithms).
import {
  chiSquareTail,
  finiteKolmogorovTail,
  jensenShannonDivergence,
  populationStability,
  sharesOf,
} from "../../statistics/index.ts";
import { type Histogram, shiftBetween, type Step, stepsOf } from "../summaries/histogram.ts";
import type { Measure } from "./measures.ts";

const BINS = 10;
const HALF_A_COUNT = 0.5;

/** `alike` calls count as one. */
export function measureSizes(before: Histogram, now: Histogram, alike: number): Measure[] {
  const [one, other] = [stepsOf(before), stepsOf(now)];
  const [n, m] = [totalOf(one), totalOf(other)];
  if (n === 0 || m === 0) return [];
  const distance = greatestDistance(one, other);
  const ks = finiteKolmogorovTail(distance, Math.max(Math.round((n * m) / (n + m) / alike), 1));
  const noise = alike * (1 / n + 1 / m);
  const counts = binned(one, other);
  const [were, are] = [sharesOf(counts.before, HALF_A_COUNT), sharesOf(counts.now, HALF_A_COUNT)];
  const degrees = counts.before.length - 1;
  const measures: Measure[] = [
    { detector: "ks", effect: distance, p: ks },
    { detector: "wasserstein", effect: shiftBetween(one, other), p: ks },
  ];
  // All values are one and the same, before and now: there are no deciles.
  if (degrees === 0) return measures;
  const psi = populationStability(were, are);
  const divergence = jensenShannonDivergence(were, are, Math.E);
  return [
    ...measures,
    { detector: "psi", effect: psi, p: chiSquareTail(psi / noise, degrees) },
    {
      detector: "jensen_shannon",
      effect: Math.sqrt(divergence / Math.LN2),
      p: chiSquareTail((8 * divergence) / noise, degrees),
    },
  ];
}

function totalOf(steps: readonly Step[]): number {
  return steps.reduce((sum, { count }) => sum + count, 0);
}

function greatestDistance(one: readonly Step[], other: readonly Step[]): number {
  const changes = [
    ...one.map(({ at, count }) => ({ at, by: count / totalOf(one) })),
    ...other.map(({ at, count }) => ({ at, by: -count / totalOf(other) })),
  ].sort((a, b) => a.at - b.at);
  let [difference, greatest] = [0, 0];
  for (const [place, { at, by }] of changes.entries()) {
    difference += by;
    if (changes[place + 1]?.at !== at) greatest = Math.max(greatest, Math.abs(difference));
  }
  return greatest;
}

/** Into bins that hold about a tenth each of what was before; fewer where many values are equal. */
function binned(before: readonly Step[], now: readonly Step[]): { before: number[]; now: number[] } {
  const total = totalOf(before);
  const edges: number[] = [];
  let sum = 0;
  for (const { at, count } of before.slice(0, -1)) {
    sum += count;
    if (sum >= ((edges.length + 1) * total) / BINS) edges.push(at);
  }
  const spread = (steps: readonly Step[]): number[] => {
    const counts = Array.from({ length: edges.length + 1 }, () => 0);
    for (const { at, count } of steps) {
      const place = edges.findIndex((edge) => at <= edge);
      const bin = place === -1 ? edges.length : place;
      counts[bin] = (counts[bin] ?? 0) + count;
    }
    return counts;
  };
  return { before: spread(before), now: spread(now) };
}
