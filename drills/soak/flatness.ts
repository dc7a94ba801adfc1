// Whether memory stays where it is, told from samples. Pure.
//
// The first minute is warm-up. Of the rest, the median of its last window may differ by 10 % from that of its first, up or
// down (a window is a minute, or a third of the rest where that is shorter). And a straight line through all samples after
// the warm-up may not climb by more than 10 %, so that a leak is not hidden by a lucky last window.

export interface Sample {
  atMs: number;
  bytes: number;
}

export interface Flatness {
  firstBytes: number;
  lastBytes: number;
  /** Last against first: 0.02 is 2 % more. */
  change: number;
  /** What the line climbs over the whole time after the warm-up, against the first median; negative when it falls. */
  drift: number;
  isFlat: boolean;
}

const WARM_UP_MS = 60_000;
const TOLERANCE = 0.1;
const WINDOW_MS_MAX = 60_000;
const SAMPLES_MIN = 6;

/** `samples` in the order of time, which begins at 0. Throws when there are too few to tell. */
export function judgeFlatness(samples: readonly Sample[]): Flatness {
  const steady = samples.filter(({ atMs }) => atMs >= WARM_UP_MS);
  const [first, last] = [steady[0], steady.at(-1)];
  if (!first || !last || steady.length < SAMPLES_MIN)
    throw new Error("too few samples after the first minute to judge by");
  const spanMs = last.atMs - first.atMs;
  const windowMs = Math.min(WINDOW_MS_MAX, spanMs / 3);
  const firstBytes = median(steady.filter(({ atMs }) => atMs <= first.atMs + windowMs).map(({ bytes }) => bytes));
  const lastBytes = median(steady.filter(({ atMs }) => atMs >= last.atMs - windowMs).map(({ bytes }) => bytes));
  const change = lastBytes / firstBytes - 1;
  const drift = (slopeOf(steady) * spanMs) / firstBytes;
  return { firstBytes, lastBytes, change, drift, isFlat: Math.abs(change) <= TOLERANCE && drift <= TOLERANCE };
}

/** Bytes a millisecond: Theil and Sen's line, the median of the slopes between any two samples, which single peaks do not bend. */
function slopeOf(samples: readonly Sample[]): number {
  const slopes = samples.flatMap((from, place) =>
    samples.slice(place + 1).map((to) => (to.bytes - from.bytes) / (to.atMs - from.atMs)),
  );
  return median(slopes);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}
