// `detection`: how soon each detector of drift sees a known change in generated traffic, and how often it sees one where there
// is none. The detectors are the real ones, with the thresholds of the config; docs/guide/drift.md has the table.
import { z } from "zod";
import { type DriftConfig, driftConfigSchema } from "../../src/drift/index.ts";
import { thresholdsOf } from "../../src/drift/checking/settings.ts";
import { defineDrill, type DrillContext } from "../drill.ts";
import { cases } from "./cases.ts";
import { judgeErosion } from "./erosion.ts";
import {
  type Alarm,
  alarmsOf,
  baselineOf,
  compareHours,
  episodesOf,
  streamAlarms,
  versionAlarms,
} from "./judge-streams.ts";
import { BASELINE_HOURS, makeTraffic, type TrafficOptions } from "./traffic.ts";

const DETECTORS = [
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

const optionsSchema = z.object({
  profiles: z.coerce.number().int().min(2).max(1000).default(6).describe("of each case"),
  weeks: z.coerce.number().int().min(1).max(52).default(3).describe("without any change, after a baseline of one week"),
  calls: z.coerce.number().int().min(10).max(10_000).default(60).describe("an hour, of each profile, on average"),
  eroding: z.coerce.number().int().min(3).max(1000).default(20).describe("profiles that get slower by 0.3 % a day"),
  nulls: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(5)
    .describe("times that as many profiles do not, for six weeks"),
});
type Options = z.output<typeof optionsSchema>;

export const detectionDrill = defineDrill({
  name: "detection",
  takes: "4 min",
  summary:
    "known changes in generated traffic: how soon each detector of drift sees them, how often it sees what is not there",
  options: optionsSchema,
  async run(context, options) {
    const config = driftConfigSchema.parse({});
    const quiet = falseAlarms(context, options, config);
    const rows = cases.map((each) => detect(each, { context, options, config }));
    context.signal.throwIfAborted();
    const erosion = judgeErosion(context, options, config);
    const alarming = new Set<string>([...config.alarms, ...config.streams.alarms, "version"]);
    const total = [...quiet].reduce((sum, [detector, rate]) => sum + (alarming.has(detector) ? rate : 0), 0);
    const found = rows.filter(({ best }) => best !== null).length;
    return Promise.resolve({
      checks: [
        check(
          "the detectors that make findings raise at most one false alarm in four weeks of a profile",
          total <= 0.25,
          `${total.toFixed(2)} a week`,
        ),
        check(
          "all but the two smallest changes are seen by one of them",
          found >= cases.length - 2,
          `${found} of ${cases.length}`,
        ),
        check(
          "slow erosion is found before any profile has lost 10 %",
          erosion.days !== null && erosion.days <= 33,
          `after ${erosion.days} days`,
        ),
        check(
          "no erosion is found where there is none",
          erosion.falseFound === 0,
          `${erosion.falseFound} in ${erosion.nullWeeks} weeks`,
        ),
      ],
      figures: {
        false_alarms_a_profile_week: total,
        erosion_days: erosion.days,
        erosion_false_alarms: erosion.falseFound,
      },
      table: [
        ["change", ...DETECTORS],
        ...rows.map(({ name, cells }) => [name, ...cells]),
        ["false alarms a profile and week", ...DETECTORS.map((each) => (quiet.get(each) ?? 0).toFixed(2))],
        [
          "0.3 % a day, 20 profiles",
          erosion.days === null ? "not found" : `found after ${erosion.days} days by erosion`,
        ],
      ],
    });
  },
});

function check(that: string, holds: boolean, found: string) {
  return { that, holds, found };
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
function falseAlarms({ seed, say, signal }: DrillContext, { profiles, weeks, calls }: Options, config: DriftConfig) {
  const counts = new Map<string, number>();
  for (let profile = 0; profile < profiles; profile += 1) {
    signal.throwIfAborted();
    say(`traffic without a change, profile ${profile + 1} of ${profiles}`);
    const hours = BASELINE_HOURS + weeks * WEEK_HOURS;
    const alarms = judgeTraffic({ seed, profile, hours, callsAnHour: calls }, config, 2);
    for (const { detector } of episodesOf(alarms))
      counts.set(detector, (counts.get(detector) ?? 0) + 1 / (profiles * weeks));
  }
  return counts;
}

interface Detecting {
  context: DrillContext;
  options: Options;
  config: DriftConfig;
}

/** A cell says how many hours it took in the middle profile, and of how many profiles it was seen at all. */
function detect({ name, figures, change }: (typeof cases)[number], { context, options, config }: Detecting) {
  context.signal.throwIfAborted();
  context.say(name);
  const fromHour = BASELINE_HOURS + QUIET_HOURS;
  const delays = Array.from({ length: options.profiles }, (_, profile) => {
    const hours = fromHour + SEEN_HOURS;
    const traffic = {
      seed: context.seed + 1,
      profile,
      hours,
      callsAnHour: options.calls,
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
    seen === 0 ? "–" : `${Number.isFinite(middle) ? `${middle} h` : "late"} (${seen}/${options.profiles})`,
  );
  return { name, cells, best: Number.isFinite(best) ? best : null };
}
