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

/** The nearest example decides: drills/routing measured it against the mean of the nearest three. */
export function likenessOf(
  vector: Float32Array,
  places: Iterable<readonly [string, readonly Float32Array[]]>,
): Likeness {
  const byPlace = new Map<string, number>();
  for (const [path, examples] of places) {
    if (examples.length === 0) continue;
    const nearest = Math.max(...examples.map((example) => similarity(vector, example)));
    byPlace.set(path, Math.round(nearest * 1000) / 1000);
  }
  return { isKnown: true, byPlace };
}
