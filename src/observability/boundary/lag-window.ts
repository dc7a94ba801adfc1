// Lags over a window that slides: how many, the quantiles and the longest. Each lag is counted in a bin whose bounds are 5 %
// apart, so that a quantile is right to 2.5 %, noting one takes some 30 ns, and the memory is the same however many there are.

export interface LagFigures {
  samples: number;
  /** Null where there are none. */
  p50_ms: number | null;
  p99_ms: number | null;
  max_ms: number | null;
}

export interface LagWindow {
  /** Both in milliseconds; `nowMs` by one clock that does not go back. */
  note(lagMs: number, nowMs: number): void;
  read(nowMs: number): LagFigures;
}

const SLICES = 20;
const GROWTH = 1.05;
const LEAST_MS = 0.001;
/** Beyond it, 11 days, lags are counted as one. */
const MOST_MS = 1e9;
const LOG_GROWTH = Math.log(GROWTH);
const BINS = Math.ceil(Math.log(MOST_MS / LEAST_MS) / LOG_GROWTH) + 2;

interface Slice {
  number: number;
  counts: Uint32Array;
  samples: number;
  maxMs: number;
}

export function createLagWindow(windowMs: number): LagWindow {
  const sliceMs = windowMs / SLICES;
  const slices: Slice[] = Array.from({ length: SLICES }, () => ({
    number: -1,
    counts: new Uint32Array(BINS),
    samples: 0,
    maxMs: 0,
  }));
  const numberAt = (nowMs: number): number => Math.floor(nowMs / sliceMs);

  function sliceAt(nowMs: number): Slice {
    const number = numberAt(nowMs);
    const slice = slices[number % SLICES] as Slice;
    if (slice.number === number) return slice;
    slice.number = number;
    slice.samples = 0;
    slice.maxMs = 0;
    slice.counts.fill(0);
    return slice;
  }

  return {
    note(lagMs, nowMs) {
      const slice = sliceAt(nowMs);
      const bin = binOf(lagMs);
      slice.counts[bin] = (slice.counts[bin] ?? 0) + 1;
      slice.samples += 1;
      if (lagMs > slice.maxMs) slice.maxMs = Math.min(lagMs, MOST_MS);
    },
    read(nowMs) {
      const oldest = numberAt(nowMs) - SLICES;
      return figuresOf(slices.filter((slice) => slice.number > oldest && slice.samples > 0));
    },
  };
}

function figuresOf(slices: readonly Slice[]): LagFigures {
  const samples = slices.reduce((sum, slice) => sum + slice.samples, 0);
  if (samples === 0) return { samples, p50_ms: null, p99_ms: null, max_ms: null };
  const max_ms = Math.max(...slices.map(({ maxMs }) => maxMs));
  const quantile = (share: number): number => Math.min(max_ms, valueAt(slices, Math.ceil(share * samples)));
  return { samples, p50_ms: quantile(0.5), p99_ms: quantile(0.99), max_ms };
}

/** The lag of this rank, counted from 1. */
function valueAt(slices: readonly Slice[], rank: number): number {
  let seen = 0;
  for (let bin = 0; bin < BINS; bin += 1) {
    for (const { counts } of slices) seen += counts[bin] ?? 0;
    if (seen >= rank) return middleOf(bin);
  }
  return MOST_MS;
}

function binOf(lagMs: number): number {
  if (!(lagMs > LEAST_MS)) return 0;
  return Math.min(BINS - 1, 1 + Math.floor(Math.log(lagMs / LEAST_MS) / LOG_GROWTH));
}

/** Where the error is the same to both sides. */
function middleOf(bin: number): number {
  return bin === 0 ? 0 : (LEAST_MS * GROWTH ** (bin - 1) * (2 * GROWTH)) / (1 + GROWTH);
}
