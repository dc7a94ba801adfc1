// How near a request is to what a route's places are for: a fact of a call, worked out before it is planned.
import { similarity } from "../../../embedding/index.ts";

export type Likeness =
  /** By the path of each place with examples; from -1 to 1. */
  | { isKnown: true; byPlace: ReadonlyMap<string, number> }
  /** Why nothing can be said: `its vector was not made: …`. */
  | { isKnown: false; why: string };

/** A place of a route, and examples of requests that it is for. */
export interface PlaceWithExamples {
  path: string;
  examples: readonly string[];
}

/** The nearest examples, and what each counts: drills/routing found it right more often than the nearest alone. */
const COUNTS = [2, 1, 1];

export function likenessOf(
  vector: Float32Array,
  places: Iterable<readonly [string, readonly Float32Array[]]>,
): Likeness {
  const byPlace = new Map<string, number>();
  for (const [path, examples] of places)
    if (examples.length > 0) byPlace.set(path, Math.round(nearness(vector, examples) * 1000) / 1000);
  return { isKnown: true, byPlace };
}

/** From -1 to 1; of one example at least. */
export function nearness(vector: Float32Array, examples: readonly Float32Array[], counts = COUNTS): number {
  const nearest = examples.map((example) => similarity(vector, example)).sort((one, other) => other - one);
  let [sum, whole] = [0, 0];
  for (const [place, similar] of nearest.slice(0, counts.length).entries()) {
    const count = counts[place] ?? 0;
    sum += count * similar;
    whole += count;
  }
  return sum / whole;
}
