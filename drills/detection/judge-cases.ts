// Known changes in traffic, or none, before the real detectors: how many hours each takes, and how often it alarms for nothing.
import { thresholdsOf } from "../../src/drift/checking/settings.ts";
import type { DriftConfig } from "../../src/drift/index.ts";
import type { DrillContext } from "../drill.ts";
import type { Case } from "./cases.ts";
import {
  type Alarm,
  alarmsOf,
  baselineOf,
  compareHours,
  episodesOf,
  streamAlarms,
  versionAlarms,
} from "./judge-streams.ts";
import { BASELINE_HOURS, makeTraffic, type Recorded, type TrafficOptions } from "./traffic.ts";

export const DETECTORS = [
  "ks",
  "psi",
  "wasserstein",
  "chi_square",
  "jensen_shannon",
  "page_hinkley",
  "adwin",
  "cusum",
  "version",
];
const WEEK_HOURS = 168;
/** Of traffic after the change. */
const SEEN_HOURS = 72;
/** Of traffic between the baseline and the change. */
const QUIET_HOURS = 36;

export interface Judging {
  context: DrillContext;
  config: DriftConfig;
  profiles: number;
  weeks: number;
  callsAnHour: number;
  /** What a profile's calls say, where they are replayed. */
  recordedOf?: (profile: number) => Recorded;
}

function judgeTraffic(traffic: TrafficOptions, config: DriftConfig, every: number): Alarm[] {
  const slices = makeTraffic(traffic);
  const baseline = baselineOf(slices, config);
  const compared = compareHours(slices, { baseline, config, every });
  return [
    ...alarmsOf(compared, baseline, thresholdsOf(config.thresholds)),
    ...streamAlarms(slices, baseline, config),
    ...versionAlarms(slices, baseline),
  ];
}

/** By detector, a profile and week, over all its figures. */
export function falseAlarms({ context, config, profiles, weeks, callsAnHour, recordedOf }: Judging) {
  const { seed, say, signal } = context;
  const counts = new Map<string, number>();
  for (let profile = 0; profile < profiles; profile += 1) {
    signal.throwIfAborted();
    say(`traffic without a change, profile ${profile + 1} of ${profiles}`);
    const hours = BASELINE_HOURS + weeks * WEEK_HOURS;
    const alarms = judgeTraffic({ seed, profile, hours, callsAnHour, recorded: recordedOf?.(profile) }, config, 2);
    for (const { detector } of episodesOf(alarms))
      counts.set(detector, (counts.get(detector) ?? 0) + 1 / (profiles * weeks));
  }
  return counts;
}

/** A cell says how many hours it took in the middle profile, and of how many profiles it was seen at all. */
export function detect({ name, figures, change }: Case, judging: Judging) {
  const { context, config, profiles, callsAnHour, recordedOf } = judging;
  context.signal.throwIfAborted();
  context.say(name);
  const fromHour = BASELINE_HOURS + QUIET_HOURS;
  const delays = Array.from({ length: profiles }, (_, profile) => {
    const hours = fromHour + SEEN_HOURS;
    const traffic = {
      seed: context.seed + 1,
      profile,
      hours,
      callsAnHour,
      recorded: recordedOf?.(profile),
      injection: { fromHour, ...change },
    };
    const alarms = judgeTraffic(traffic, config, 1).filter(
      (each) => figures.includes(each.figure) && each.hour >= fromHour,
    );
    return new Map(
      DETECTORS.map((detector) => [
        detector,
        alarms
          .filter((each) => each.detector === detector)
          .reduce((least, { hour }) => Math.min(least, hour - fromHour + 1), Infinity),
      ]),
    );
  });
  const middles = DETECTORS.map((detector) => {
    const sorted = delays.map((each) => each.get(detector) ?? Infinity).sort((one, other) => one - other);
    const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? Infinity;
    return { detector, middle, seen: sorted.filter(Number.isFinite).length };
  });
  const alarming: readonly string[] = [...config.alarms, ...config.streams.alarms, "version"];
  const best = Math.min(...middles.filter(({ detector }) => alarming.includes(detector)).map(({ middle }) => middle));
  const cells = middles.map(({ middle, seen }) =>
    seen === 0 ? "–" : `${Number.isFinite(middle) ? `${middle} h` : "late"} (${seen}/${profiles})`,
  );
  return { name, cells, best: Number.isFinite(best) ? best : null };
}
