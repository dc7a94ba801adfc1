// A rule as an operator writes it, under alerts.rules in the config or by API: what is watched, how bad is too bad, and how long
// it must be so.
import { z } from "zod";
import { duration } from "../../kernel/index.ts";
import { filterSchema, keptFilterSchema, keptPerSchema, perSchema } from "../dimensions.ts";
import { confidence, minEvents, outcomes } from "../slos/config.ts";

export const severities = ["critical", "warning", "info"] as const;
export type Severity = (typeof severities)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const name = z.string().min(1).max(200);
const share = z.number().min(0).max(1);
const window = (ms: number) =>
  duration()
    .default(ms)
    .refine((length) => length >= MINUTE_MS && length <= 7 * DAY_MS, "between 1m and 7d")
    .describe("how far back is looked");

const base = {
  description: z.string().max(500).optional().describe("what it means and what is to be done, for whoever is told"),
  enabled: z.boolean().default(true),
  severity: z.enum(severities).default("warning"),
  for: duration().default(0).describe("it must be so for this long before anybody is told"),
  keep_firing: duration().default(0).describe("it must be well for this long before it is resolved"),
  no_data: z
    .enum(["ok", "keep", "alert"])
    .default("keep")
    .describe("where nothing can be concluded: all is well, stay as it was, or too bad"),
  channels: z.array(name).max(20).optional().describe("who is told; by default alerts.notify.channels"),
};
const records = { of: filterSchema, per: perSchema };
const clear = <T extends z.ZodType>(schema: T) =>
  schema.optional().describe("below this it is well again; between the two it stays as it is");

const badOutcomes = z
  .array(z.enum(outcomes).exclude(["ok"]))
  .min(1)
  .default(["failed", "truncated"]);

export const ruleSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      ...base,
      ...records,
      kind: z.literal("cost"),
      usd: z.number().positive().max(1e9).describe("too much is more than this"),
      every: z.enum(["hour", "day", "month"]).default("day").describe("by the calendar, in UTC"),
    }),
    z.strictObject({
      ...base,
      ...records,
      kind: z.literal("cost_anomaly"),
      deviations: z.number().min(1).max(100).default(5).describe("from the median, in median absolute deviations"),
      weeks: z.number().int().min(1).max(12).default(4).describe("whose same hours are compared"),
      min_usd: z.number().positive().default(1).describe("above the median; less is not worth a word"),
    }),
    z.strictObject({
      ...base,
      ...records,
      kind: z.literal("error_spike"),
      window: window(5 * MINUTE_MS),
      rate: share.default(0.05).describe("too many is a larger share than this"),
      clear_rate: clear(share),
      bad: badOutcomes.describe("refused and cancelled are not counted unless named here"),
      min_events: minEvents(20),
      confidence,
    }),
    z.strictObject({
      ...base,
      of: keptFilterSchema,
      per: keptPerSchema,
      kind: z.literal("latency"),
      of_what: z.enum(["duration", "first_token"]).default("duration"),
      window: window(15 * MINUTE_MS),
      factor: z.number().min(1.01).max(100).default(1.5).describe("of p95 over that of the week that ended a day ago"),
      min_ms: z.number().min(0).default(200).describe("that it is slower by, at the least"),
      min_events: minEvents(50),
    }),
    z.strictObject({
      ...base,
      ...records,
      kind: z.literal("quality"),
      score: name.describe("the name under which records are judged"),
      below: z.number().describe("too bad is a mean below this"),
      clear_at: z.number().optional().describe("at this it is well again; by default at `below`"),
      window: window(HOUR_MS),
      min_events: minEvents(20),
    }),
    z.strictObject({ ...base, kind: z.literal("drift") }),
    z.strictObject({
      ...base,
      kind: z.literal("slo_burn"),
      slos: z.array(name).max(200).optional().describe("all of them where left out"),
    }),
    z.strictObject({
      ...base,
      kind: z.literal("budget_forecast"),
      min_used: share.default(0.2).describe("of a budget, before its pace says anything"),
      within: duration().optional().describe("alert only when it will be used up within this time"),
    }),
    z
      .strictObject({
        ...base,
        kind: z.literal("signal_lag"),
        signals: z.array(name).max(50).optional().describe("all of them where left out"),
      })
      .describe("bounds are those of observability.boundary"),
    z.strictObject({
      ...base,
      ...records,
      kind: z.literal("no_data"),
      window: window(15 * MINUTE_MS).describe("without any record"),
      min_events: minEvents(20).describe("in the day before; who called less is not missed"),
    }),
  ])
  .refine(
    (rule) => rule.kind !== "error_spike" || rule.clear_rate === undefined || rule.clear_rate <= rule.rate,
    "clear_rate is at most rate",
  )
  .refine(
    (rule) => rule.kind !== "quality" || rule.clear_at === undefined || rule.clear_at >= rule.below,
    "clear_at is at least below",
  );
export type Rule = z.output<typeof ruleSchema>;
export type RuleKind = Rule["kind"];
export type RuleOf<K extends RuleKind> = Extract<Rule, { kind: K }>;

/** Those that are there without anybody having written them. */
export const defaultRules: Readonly<Record<string, z.input<typeof ruleSchema>>> = {
  error_spike: {
    kind: "error_spike",
    severity: "critical",
    per: ["route"],
    rate: 0.1,
    keep_firing: "2m",
    description: "Calls fail. `binnacle calls list --outcome failed` shows them.",
  },
  slo_burn: {
    kind: "slo_burn",
    description: "An objective's error budget burns too fast. `binnacle slos list` shows how fast.",
  },
  drift: {
    kind: "drift",
    description: "Calls are not what they were. `binnacle drift` shows how.",
  },
  signal_lag: {
    kind: "signal_lag",
    description: "What happens is seen late. `binnacle boundary` shows each signal.",
  },
  budget_forecast: {
    kind: "budget_forecast",
    for: "5m",
    keep_firing: "10m",
    description: "A budget will be used up before it renews. `binnacle budgets list` shows all.",
  },
};
