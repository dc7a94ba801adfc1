// What a profile is compared with: its calls of a chosen time, which stays the same until somebody chooses another. A rolling
// one would take slow decay for what is usual.
import { ownNoise, type OwnNoise } from "./thresholds.ts";
import { learnRhythm, type Rhythm, type Slice, HOUR_MS } from "../streams/rhythm.ts";
import { mergeSummaries, type Summary } from "../summaries/summary.ts";

export interface BaselineContent {
  summary: Summary;
  rhythm: Rhythm;
  /** By the length of the window in hours: what the baseline's own parts of that length differ by. */
  noise: Record<string, OwnNoise>;
}

export interface WindowRule {
  hours: number;
  samplesMin: number;
}

/** Ascending slices of one profile. */
export function makeBaseline(slices: readonly Slice[], windows: readonly WindowRule[]): BaselineContent {
  const summary = mergeSummaries(slices.map((slice) => slice.summary));
  const noise = windows.map(({ hours, samplesMin }) => [
    `${hours}`,
    ownNoise(summary, partsOf(slices, hours), samplesMin),
  ]);
  return { summary, rhythm: learnRhythm(slices), noise: Object.fromEntries(noise) as Record<string, OwnNoise> };
}

/** So many hours each, by the clock; the last may be shorter and is left out unless it is the only one. */
function partsOf(slices: readonly Slice[], hours: number): Summary[] {
  const parts = new Map<number, Summary[]>();
  for (const { hour_ms, summary } of slices) {
    const place = Math.floor((hour_ms - (slices[0]?.hour_ms ?? 0)) / (hours * HOUR_MS));
    parts.set(place, [...(parts.get(place) ?? []), summary]);
  }
  return [...parts.values()].map(mergeSummaries);
}

/** What a window of so many hours that ends now holds: the running hour, and those before. */
export function windowOf(slices: readonly Slice[], { nowMs, hours }: { nowMs: number; hours: number }): Summary {
  const fromMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS - hours * HOUR_MS;
  return mergeSummaries(
    slices.filter(({ hour_ms }) => hour_ms >= fromMs && hour_ms <= nowMs).map(({ summary }) => summary),
  );
}
