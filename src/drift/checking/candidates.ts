// What one look sees of one profile: figures that differ from the baseline, hours that tell of a change, versions that are new.
// Whether it becomes a finding is decided by how long it goes on.
import { compareSummaries, newVersions } from "../comparing/compare.ts";
import { type BaselineContent, windowOf } from "../comparing/baseline.ts";
import { judge, type Judged } from "../comparing/thresholds.ts";
import type { DriftConfig } from "../config.ts";
import type { Evidence, Finding } from "../contract.ts";
import { detectChanges } from "../streams/detect.ts";
import { HOUR_MS, hourOf, type LevelSlice, type Slice, streamFigures } from "../streams/rhythm.ts";
import { describeFigure } from "../summaries/describe.ts";
import type { Summary } from "../summaries/summary.ts";
import { thresholdsOf } from "./settings.ts";

export interface Candidate {
  profile: string | null;
  kind: Finding["kind"];
  figure: string;
  sinceMs: number;
  evidence: Evidence;
}

export const NO_EVIDENCE: Evidence = { measures: [], before: null, now: null, names: [], change: null, erosion: null };

interface WindowSeen {
  hours: number;
  summary: Summary;
  judged: Judged[];
}

export interface Watched {
  profile: string;
  baseline: BaselineContent;
}

/** `slices` are those of the longest window, ascending; none of the baseline is among them. */
export function compareWindows(
  { profile, baseline }: Watched,
  { slices, anchorMs, nowMs }: { slices: readonly Slice[]; anchorMs: number; nowMs: number },
  config: DriftConfig,
): Candidate[] {
  const thresholds = thresholdsOf(config.thresholds);
  // A part of a day is no day: its night or its noon would be taken for drift.
  const whole = config.windows.filter(({ hours }) => hourOf(nowMs) - hours * HOUR_MS >= anchorMs);
  const windows = whole.map(({ hours, samples_min }): WindowSeen => {
    const summary = windowOf(slices, { nowMs, hours });
    const noise = baseline.noise[`${hours}`] ?? {};
    const rules = { samplesMin: samples_min, alike: config.thresholds.calls_alike };
    const compared = compareSummaries(baseline.summary, summary, rules);
    return { hours, summary, judged: compared.map((each) => judge(each, thresholds, noise)) };
  });
  const figures = new Set(windows.flatMap(({ judged }) => judged.map(({ figure }) => figure)));
  const distributions = [...figures].flatMap((figure): Candidate[] => {
    const seen = strongest(windows, figure, config.alarms);
    if (!seen) return [];
    const measures = seen.judged.filter((each) => each.figure === figure).map((each) => measureOf(each, seen.hours));
    const evidence: Evidence = {
      ...NO_EVIDENCE,
      measures,
      before: describeFigure(baseline.summary, figure),
      now: describeFigure(seen.summary, figure),
    };
    return [{ profile, kind: "distribution", figure, sinceMs: nowMs - seen.hours * HOUR_MS, evidence }];
  });
  return [...distributions, ...versionsIn(windows, { profile, baseline }, nowMs)];
}

/** The window that shows it the most by a detector that makes findings; undefined where none does. */
function strongest(
  windows: readonly WindowSeen[],
  figure: string,
  alarms: DriftConfig["alarms"],
): WindowSeen | undefined {
  const excess = ({ judged }: WindowSeen): number =>
    Math.max(
      0,
      ...judged
        .filter((each) => each.figure === figure && each.isDrift && alarms.includes(each.detector))
        .map(({ effect, threshold }) => effect / Math.max(threshold, Number.MIN_VALUE)),
    );
  const [best] = windows.toSorted((one, other) => excess(other) - excess(one));
  return best && excess(best) > 0 ? best : undefined;
}

function measureOf({ detector, effect, threshold, p, isDrift }: Judged, hours: number): Evidence["measures"][number] {
  return { detector, window_hours: hours, effect, threshold, p, drift: isDrift };
}

function versionsIn(windows: readonly WindowSeen[], { profile, baseline }: Watched, nowMs: number): Candidate[] {
  const [longest] = windows.toSorted((one, other) => other.hours - one.hours);
  if (!longest) return [];
  return newVersions(baseline.summary, longest.summary).map(({ figure, names }) => ({
    profile,
    kind: "version",
    figure,
    sinceMs: nowMs,
    evidence: {
      ...NO_EVIDENCE,
      names,
      before: describeFigure(baseline.summary, figure),
      now: describeFigure(longest.summary, figure),
    },
  }));
}

/** Changes of the last hours, in all hours since the baseline began. The newest of a figure. */
export function findChanges(
  { profile, baseline }: Watched,
  { levels, anchorMs, nowMs }: { levels: readonly LevelSlice[]; anchorMs: number; nowMs: number },
  { streams }: DriftConfig,
): Candidate[] {
  const fromMs = Math.max(nowMs - streams.hold, anchorMs);
  return streamFigures.flatMap((figure): Candidate[] => {
    const changes = detectChanges(levels, { rhythm: baseline.rhythm, figure, settings: streams });
    const newest = changes.findLast(({ detector, hour_ms }) => streams.alarms.includes(detector) && hour_ms >= fromMs);
    if (!newest) return [];
    const { detector, hour_ms, level } = newest;
    const evidence: Evidence = {
      ...NO_EVIDENCE,
      before: describeFigure(baseline.summary, figure),
      change: { detector, hour_ms, level },
    };
    return [{ profile, kind: "stream", figure, sinceMs: hour_ms, evidence }];
  });
}
