// How near is near enough. Without a bound on errors that is the config's threshold; with one, it is learnt from answers that were judged:
// the lowest at which, of those judged at or above it, the share of wrong ones is surely within the bound.
import { LRUCache } from "lru-cache";
import type { SemanticConfig } from "./config.ts";

export interface Thresholds {
  /** Infinity while too little is known. */
  for(place: string): number;
  judged(place: string, judgement: { similarity: number; isCorrect: boolean }): void;
}

interface Learnt {
  /** By similarity, from 0 to 1. */
  right: number[];
  wrong: number[];
  threshold: number;
}

const BINS = 200;
/** Tenants and routes that are learnt of; who was not heard of for longest is forgotten, and asks anew. */
const PLACES_MAX = 1000;
/** Beyond so many judgements all count half: what was long ago says less. */
const JUDGEMENTS_MAX = 5000;
/** One-sided, 99 %: it is looked at again and again, and luck must not count as proof. */
const Z = 2.326;

export function createThresholds({
  threshold,
  error_bound,
}: Pick<SemanticConfig, "threshold" | "error_bound">): Thresholds {
  if (error_bound === undefined) return { for: () => threshold, judged: () => undefined };
  const places = new LRUCache<string, Learnt>({ max: PLACES_MAX });
  const floor = binOf(threshold);

  return {
    for: (place) => places.get(place)?.threshold ?? Number.POSITIVE_INFINITY,
    judged(place, { similarity, isCorrect }) {
      const learnt = places.get(place) ?? nothingLearnt();
      places.set(place, learnt);
      const counts = isCorrect ? learnt.right : learnt.wrong;
      const bin = binOf(similarity);
      counts[bin] = (counts[bin] ?? 0) + 1;
      if (sum(learnt.right) + sum(learnt.wrong) > JUDGEMENTS_MAX) halve(learnt);
      learnt.threshold = lowestWithin(learnt, { bound: error_bound, floor });
    },
  };
}

function nothingLearnt(): Learnt {
  return { right: Array(BINS + 1).fill(0), wrong: Array(BINS + 1).fill(0), threshold: Number.POSITIVE_INFINITY };
}

function binOf(similarity: number): number {
  return Math.max(0, Math.min(BINS, Math.floor(similarity * BINS + 1e-9)));
}

function lowestWithin({ right, wrong }: Learnt, { bound, floor }: { bound: number; floor: number }): number {
  let [count, errors] = [0, 0];
  let lowest = Number.POSITIVE_INFINITY;
  for (let bin = BINS; bin >= floor; bin -= 1) {
    const here = (wrong[bin] ?? 0) + (right[bin] ?? 0);
    errors += wrong[bin] ?? 0;
    count += here;
    // Of what lies further down than anything that was judged, nothing is known.
    if (here === 0) continue;
    if (mostErrors(errors, count) <= bound) lowest = bin / BINS;
    else if (lowest <= 1) break;
  }
  return lowest;
}

/** The upper end of Wilson's interval for the share of errors. */
export function mostErrors(errors: number, count: number): number {
  const share = errors / count;
  const square = (Z * Z) / count;
  const middle = share + square / 2;
  const spread = Z * Math.sqrt((share * (1 - share)) / count + square / (4 * count));
  return (middle + spread) / (1 + square);
}

function halve({ right, wrong }: Learnt): void {
  for (const counts of [right, wrong]) for (const bin of counts.keys()) counts[bin] = (counts[bin] ?? 0) / 2;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, each) => total + each, 0);
}
