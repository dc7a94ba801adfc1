// `detection`: how soon each detector of drift sees a known change in traffic, generated or replayed from recordings, and how
// often it sees one where there is none. The detectors are the real ones, with the thresholds of the config; docs/guide/drift.md has the table.
import { z } from "zod";
import { driftConfigSchema } from "../../src/drift/index.ts";
import { defineDrill } from "../drill.ts";
import { type Case, cases, replayedCases } from "./cases.ts";
import { judgeErosion } from "./erosion.ts";
import { DETECTORS, detect, falseAlarms, type Judging } from "./judge-cases.ts";
import { readSessions } from "./recorded.ts";

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

export const detectionDrill = defineDrill({
  name: "detection",
  takes: "7 min",
  summary:
    "known changes in generated and replayed traffic: how soon each detector of drift sees them, how often it sees what is not there",
  options: optionsSchema,
  async run(context, options) {
    const config = driftConfigSchema.parse({});
    const { profiles, weeks, calls } = options;
    const generated = judgeAll({ context, config, profiles, weeks, callsAnHour: calls }, cases, "generated");
    const replaying = replayed({ context, config, profiles, weeks, callsAnHour: calls });
    const parts = [generated, ...(replaying ? [judgeAll(replaying, replayedCases, "replayed")] : [])];
    if (!replaying) context.say("no calls are replayed: the recordings are absent");
    context.signal.throwIfAborted();
    const erosion = judgeErosion(context, options, config);
    return Promise.resolve({
      checks: [
        ...parts.flatMap((part) => part.checks),
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
        ...Object.fromEntries(parts.map(({ name, total }) => [`false_alarms_a_profile_week_${name}`, total])),
        erosion_days: erosion.days,
        erosion_false_alarms: erosion.falseFound,
      },
      table: [
        ["change", ...DETECTORS],
        ...parts.flatMap(({ table }) => table),
        [
          "0.3 % a day, 20 profiles",
          erosion.days === null ? "not found" : `found after ${erosion.days} days by erosion`,
        ],
      ],
    });
  },
});

/** Changes as small as these two are not seen in three days, nor meant to be. */
const UNSEEN_MAX = 2;

function judgeAll(judging: Judging, changes: readonly Case[], name: string) {
  const { config } = judging;
  const quiet = falseAlarms(judging);
  const rows = changes.map((each) => detect(each, judging));
  const alarming = new Set<string>([...config.alarms, ...config.streams.alarms, "version"]);
  const total = [...quiet].reduce((sum, [detector, rate]) => sum + (alarming.has(detector) ? rate : 0), 0);
  const found = rows.filter(({ best }) => best !== null).length;
  return {
    name,
    total,
    checks: [
      check(
        `${name}: the detectors that make findings raise at most one false alarm in four weeks of a profile`,
        total <= 0.25,
        `${total.toFixed(2)} a week`,
      ),
      check(
        `${name}: all but the smallest changes are seen by one of them`,
        found >= changes.length - UNSEEN_MAX,
        `${found} of ${changes.length}`,
      ),
    ],
    table: [
      ...rows.map(({ name: change, cells }) => [`${name}: ${change}`, ...cells]),
      [`${name}: false alarms a profile and week`, ...DETECTORS.map((each) => (quiet.get(each) ?? 0).toFixed(2))],
    ],
  };
}

/** A profile for each dialect that there are enough recordings of. */
const REPLAYED = ["openai-chat", "openai-responses", "anthropic-messages", "gemini", "bedrock-converse"] as const;
const SESSIONS_MIN = 20;

function replayed(judging: Judging): Judging | undefined {
  const pools = REPLAYED.map((dialect) => readSessions(dialect)).filter((pool) => pool.length >= SESSIONS_MIN);
  if (pools.length < 2) return undefined;
  const recordedOf = (profile: number) => ({
    usual: pools[profile] ?? [],
    other: pools[(profile + 1) % pools.length] ?? [],
  });
  return { ...judging, profiles: pools.length, recordedOf };
}

function check(that: string, holds: boolean, found: string) {
  return { that, holds, found };
}
