// One objective measured: what is left of its budget and how fast it burns, for each series. Long stretches are counted anew
// only now and then, because they hardly change and cost the most to count.
import type { Labels } from "../dimensions.ts";
import {
  type BurnReading,
  type BurnWindow,
  budgetLeft,
  burnOf,
  burnWindows,
  type Counts,
  exhaustedAt,
  readBurn,
} from "./burn.ts";
import type { Slo } from "./config.ts";
import { countEvents, type CountDeps, type SeriesCounts } from "./count-events.ts";

export interface SloSeries {
  labels: Labels;
  good: number;
  bad: number;
  /** A part of 1. */
  budget_left: number;
  /** At the pace of the last six hours. */
  exhausted_at_ms: number | null;
  burns: BurnReading[];
}

export interface SloMeasured {
  measured_at_ms: number;
  /** Why nothing is known; null where something is. */
  unknown: "no_scores" | null;
  series: SloSeries[];
}

export interface MeasureDeps extends CountDeps {
  nowMs: number;
  seriesMax: number;
}

export interface SloMeter {
  measure(name: string, slo: Slo, deps: MeasureDeps): Promise<SloMeasured>;
  /** Forgets the counts of objectives that there are no more. */
  keepOnly(names: ReadonlySet<string>): void;
}

interface Kept {
  atMs: number;
  slo: Slo;
  counts: Map<string, SeriesCounts> | undefined;
}

const MINUTE_MS = 60_000;
/** A stretch is counted again after this part of its length has gone by, two minutes at the most. */
const PARTS = 120;
const AGE_MS_MAX = 2 * MINUTE_MS;
/** Whose burn says when the budget will be used up. */
const PACE_MS = 6 * 60 * MINUTE_MS;

export function createSloMeter(): SloMeter {
  const kept = new Map<string, Map<number, Kept>>();

  async function countsIn(
    { name, slo, lengthMs }: { name: string; slo: Slo; lengthMs: number },
    { nowMs, seriesMax, ...deps }: MeasureDeps,
  ): Promise<Kept["counts"]> {
    const ofSlo = kept.get(name) ?? new Map<number, Kept>();
    kept.set(name, ofSlo);
    const known = ofSlo.get(lengthMs);
    const age = known ? nowMs - known.atMs : Number.POSITIVE_INFINITY;
    const isFresh = age >= 0 && age < Math.min(lengthMs / PARTS, AGE_MS_MAX);
    if (known && isFresh && JSON.stringify(known.slo) === JSON.stringify(slo)) return known.counts;
    // Sums are kept by the minute: a stretch that begins within one would lose it, or have it whole.
    const since = Math.floor((nowMs - lengthMs) / MINUTE_MS) * MINUTE_MS;
    const counts = await countEvents(slo, { since_ms: since, until_ms: nowMs + 1, seriesMax }, deps);
    ofSlo.set(lengthMs, { atMs: nowMs, slo, counts });
    return counts;
  }

  return {
    async measure(name, slo, deps) {
      const { nowMs } = deps;
      const lengths = new Set([slo.window, ...burnWindows.flatMap(({ longMs, shortMs }) => [longMs, shortMs])]);
      const counts = new Map<number, Map<string, SeriesCounts>>();
      // One after the other: several at once would take connections from calls.
      for (const lengthMs of lengths) {
        const found = await countsIn({ name, slo, lengthMs }, deps);
        if (!found) return { measured_at_ms: nowMs, unknown: "no_scores", series: [] };
        counts.set(lengthMs, found);
      }
      const whole = counts.get(slo.window) ?? new Map<string, SeriesCounts>();
      const recent = [...counts.values()].flatMap((each) => [...each]);
      // Calls of the last minutes may be in no long stretch that was counted before them.
      const names = new Map([...recent, ...whole].map(([id, { labels }]) => [id, labels]));
      const series = [...names].map(([id, labels]) =>
        seriesOf(slo, { labels, nowMs, countsOf: (ms) => counts.get(ms)?.get(id) }),
      );
      return { measured_at_ms: nowMs, unknown: null, series };
    },
    keepOnly(names) {
      for (const name of kept.keys()) if (!names.has(name)) kept.delete(name);
    },
  };
}

const NOTHING: Counts = { good: 0, bad: 0 };

function seriesOf(
  slo: Slo,
  { labels, nowMs, countsOf }: { labels: Labels; nowMs: number; countsOf(ms: number): Counts | undefined },
): SloSeries {
  const { good, bad } = countsOf(slo.window) ?? NOTHING;
  const left = budgetLeft(slo, { good, bad });
  const read = (window: BurnWindow): BurnReading =>
    readBurn(slo, window, { long: countsOf(window.longMs) ?? NOTHING, short: countsOf(window.shortMs) ?? NOTHING });
  return {
    labels,
    good,
    bad,
    budget_left: left,
    exhausted_at_ms: exhaustedAt(slo, { left, burn: burnOf(slo, countsOf(PACE_MS) ?? NOTHING), nowMs }),
    burns: burnWindows.map(read),
  };
}
