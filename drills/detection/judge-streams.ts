// Runs the real detectors over traffic that is known, and says at which hours each of them alarms.
import { makeBaseline, windowOf, type BaselineContent } from "../../src/drift/comparing/baseline.ts";
import { compareSummaries, newVersions } from "../../src/drift/comparing/compare.ts";
import { judge, type Thresholds } from "../../src/drift/comparing/thresholds.ts";
import type { DriftConfig } from "../../src/drift/index.ts";
import { detectChanges } from "../../src/drift/streams/detect.ts";
import { type Slice, streamFigures, HOUR_MS } from "../../src/drift/streams/rhythm.ts";
import type { Comparison } from "../../src/drift/comparing/compare.ts";
import { BASELINE_HOURS } from "./traffic.ts";

/** An alarm of one detector over one figure, at an hour of the traffic. */
export interface Alarm {
  detector: string;
  figure: string;
  hour: number;
}

export interface Compared {
  hour: number;
  windowHours: number;
  comparisons: Comparison[];
}

export function baselineOf(slices: readonly Slice[], config: DriftConfig): BaselineContent {
  const windows = config.windows.map(({ hours, samples_min }) => ({ hours, samplesMin: samples_min }));
  return makeBaseline(slices.slice(0, BASELINE_HOURS), windows);
}

/** At the end of hours since the baseline, once in `every`: what each window measures. */
export function compareHours(
  slices: readonly Slice[],
  { baseline, config, every }: { baseline: BaselineContent; config: DriftConfig; every: number },
): Compared[] {
  const found: Compared[] = [];
  const alike = config.thresholds.calls_alike;
  for (let hour = BASELINE_HOURS; hour < slices.length; hour += every) {
    const nowMs = (slices[hour]?.hour_ms ?? 0) + HOUR_MS - 1;
    for (const { hours, samples_min } of config.windows) {
      if (hour - hours < BASELINE_HOURS) continue;
      const near = slices.slice(hour - hours, hour + 1);
      const summary = windowOf(near, { nowMs, hours });
      found.push({
        hour,
        windowHours: hours,
        comparisons: compareSummaries(baseline.summary, summary, { samplesMin: samples_min, alike }),
      });
    }
  }
  return found;
}

/** Of the detectors that compare windows. */
export function alarmsOf(compared: readonly Compared[], baseline: BaselineContent, thresholds: Thresholds): Alarm[] {
  return compared.flatMap(({ hour, windowHours, comparisons }) =>
    comparisons
      .map((each) => judge(each, thresholds, baseline.noise[`${windowHours}`]))
      .filter(({ isDrift }) => isDrift)
      .map(({ detector, figure }) => ({ detector, figure, hour })),
  );
}

/** Of the detectors that wait for a change. */
export function streamAlarms(slices: readonly Slice[], baseline: BaselineContent, config: DriftConfig): Alarm[] {
  const beginMs = slices[0]?.hour_ms ?? 0;
  return streamFigures.flatMap((figure) =>
    detectChanges(slices, { rhythm: baseline.rhythm, figure, settings: config.streams })
      .map(({ detector, hour_ms }) => ({ detector, figure, hour: (hour_ms - beginMs) / HOUR_MS }))
      .filter(({ hour }) => hour >= BASELINE_HOURS),
  );
}

export function versionAlarms(slices: readonly Slice[], baseline: BaselineContent): Alarm[] {
  return slices.flatMap(({ summary }, hour) =>
    hour < BASELINE_HOURS
      ? []
      : newVersions(baseline.summary, summary).map(({ figure }) => ({ detector: "version", figure, hour })),
  );
}

const APART_HOURS = 24;

/** Alarms of one detector and figure that follow each other within a day are one, which begins with the first of them. */
export function episodesOf(alarms: readonly Alarm[]): Alarm[] {
  const last = new Map<string, number>();
  return alarms
    .toSorted((one, other) => one.hour - other.hour)
    .filter(({ detector, figure, hour }) => {
      const name = `${detector}/${figure}`;
      const before = last.get(name);
      last.set(name, hour);
      return before === undefined || hour - before > APART_HOURS;
    });
}
