// Histograms of times. A bucket ends two per cent above the one before (as DDSketch has them), so the middle of the one that a time
// is in differs from it by at most one per cent, whatever its size.
// Charles Masson, Jee E. Rim, Homin K. Lee: DDSketch, VLDB 2019, section 2.

export const GAMMA = 1.02;
/** Shorter times count as this long: a microsecond. */
export const SHORTEST_MS = 0.001;
/** Longer times count as this long: eleven days. */
export const LONGEST_MS = 1e9;
/** Added, so that no bucket is below zero. */
export const BUCKET_SHIFT = 1024;
/** A bucket and its count share a number: bucket * 2^32 + count. */
export const BUCKET_BITS = 32;

/** The bucket that PostgreSQL counts a time in, too. */
export function bucketOf(ms: number): number {
  return Math.ceil(Math.log(Math.min(Math.max(ms, SHORTEST_MS), LONGEST_MS)) / Math.log(GAMMA)) + BUCKET_SHIFT;
}

/** The time that stands for all in a bucket, to five digits. */
export function timeOf(bucket: number): number {
  return Number(((2 * GAMMA ** (bucket - BUCKET_SHIFT)) / (1 + GAMMA)).toPrecision(5));
}

/** The last bucket that counts as at or below a time: that whose end is nearest to it. */
export function lastBucketWithin(ms: number): number {
  return Math.round(Math.log(Math.min(Math.max(ms, SHORTEST_MS), LONGEST_MS)) / Math.log(GAMMA)) + BUCKET_SHIFT;
}
