// What a sample comes to in one number: its mean, its spread, its quantiles. Empty samples come to NaN.

export function meanOf(sample: readonly number[]): number {
  return sample.reduce((sum, each) => sum + each, 0) / sample.length;
}

/** Without bias: divided by one less than there are. */
export function varianceOf(sample: readonly number[]): number {
  const mean = meanOf(sample);
  return sample.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (sample.length - 1);
}

export function medianOf(sample: readonly number[]): number {
  return quantileOf(ascending(sample), 0.5);
}

/** Between the two nearest in a straight line; `sorted` is ascending. */
export function quantileOf(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** A standard deviation that a few wild values do not move: 1.4826 times the median distance from the median. */
export function robustDeviationOf(sample: readonly number[]): number {
  const median = medianOf(sample);
  return NORMAL_FROM_MEDIAN * medianOf(sample.map((each) => Math.abs(each - median)));
}

// 1 / Φ⁻¹(3/4).
const NORMAL_FROM_MEDIAN = 1.482602218505602;

export function ascending(sample: readonly number[]): number[] {
  return sample.toSorted((one, other) => one - other);
}
