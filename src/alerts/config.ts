// The `alerts` branch of the config tree: objectives, rules, who is told and how, and the bounds of all that.
import { z } from "zod";
import { byteSize, duration } from "../kernel/index.ts";
import { channelSchema } from "./channels/config.ts";
import { type defaultRules, ruleSchema } from "./rules/config.ts";
import { sloSchema } from "./slos/config.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const count = (max: number) => z.number().int().min(1).max(max);

/** Of a rule, an objective, a channel. */
export const definitionName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/,
    "a name is letters, digits, dots, dashes and underscores, 100 at the most",
  );

const deliverySchema = z.strictObject({
  poll: duration()
    .default(1000)
    .refine((ms) => ms >= 20, "at least 20ms")
    .describe("how often it is looked whether a message is due"),
  timeout: duration().default(10_000).describe("for one try at a receiver"),
  at_once: count(100).default(4).describe("messages that one process has under way"),
  wait: duration().default(5000).describe("before the second try; doubles with each, and is jittered"),
  wait_max: duration()
    .default(15 * MINUTE_MS)
    .describe("the longest wait between tries, where the receiver asks for no longer one"),
  give_up_after: duration().default(DAY_MS).describe("a message that was not taken by then is a dead letter"),
  lease: duration()
    .default(MINUTE_MS)
    .describe("after which another process tries what one has under way; more than timeout"),
  outbox_max: count(1_000_000)
    .default(10_000)
    .describe("messages that wait; beyond it nothing is told until there is room, and then what is so by then"),
  keep: duration()
    .default(7 * DAY_MS)
    .describe("how long messages are kept that were sent, or given up"),
});
export type DeliveryConfig = z.output<typeof deliverySchema>;

const notifySchema = z.strictObject({
  channels: z
    .array(definitionName)
    .max(20)
    .optional()
    .describe("who is told where a rule names no channels; by default all channels"),
  group_by: z
    .array(z.string().min(1).max(100))
    .max(10)
    .default(["rule"])
    .describe("alerts alike in these are told together: rule, kind, severity, or a label such as route"),
  group_wait: duration().default(30_000).describe("how long the first alert of a group waits for others"),
  group_interval: duration()
    .default(5 * MINUTE_MS)
    .describe("at least between two messages about a group"),
  repeat: z
    .union([duration(), z.literal("off")])
    .default(4 * HOUR_MS)
    .describe("what still fires is told again after this time"),
  link: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("the address of this installation, for messages to name"),
});
export type NotifyConfig = z.output<typeof notifySchema>;

const defaultRulesSchema = z.strictObject({
  error_spike: z.boolean().default(true),
  slo_burn: z.boolean().default(true),
  drift: z.boolean().default(true),
  signal_lag: z.boolean().default(true),
  budget_forecast: z.boolean().default(true),
} satisfies Record<keyof typeof defaultRules, z.ZodType>);

const named = <T extends z.ZodType>(schema: T, max: number, what: string) =>
  z
    .record(definitionName, schema)
    .default({})
    .refine((all) => Object.keys(all).length <= max, `at most ${max} ${what}`);

const CHANNELS_MAX = 50;

export const alertsConfigSchema = z
  .strictObject({
    enabled: z.boolean().default(true).describe("false: nothing is measured, and nobody is told"),
    interval: duration()
      .default(30_000)
      .refine((ms) => ms >= 100, "at least 100ms")
      .describe("between two looks at all rules and objectives"),
    slos: named(sloSchema, 200, "objectives"),
    rules: named(ruleSchema, 200, "rules"),
    default_rules: defaultRulesSchema
      .prefault({})
      .describe("rules that are there by themselves; one of the same name under rules takes its place"),
    channels: named(channelSchema, CHANNELS_MAX, "channels"),
    notify: notifySchema.prefault({}),
    delivery: deliverySchema.prefault({}),
    lease: duration()
      .default(90_000)
      .describe("one process looks at the rules; if nothing is heard of it for this long, another does"),
    keep_unknown: duration()
      .default(HOUR_MS)
      .describe("how long an alert goes on while nothing can be concluded and no_data is keep"),
    definitions_max: count(1000).default(200).describe("rules, and objectives, that may be made by API"),
    definition_bytes_max: byteSize()
      .default(16 * 1024)
      .describe("of one rule or objective made by API, as JSON"),
    series_max: count(1000).default(50).describe("of one rule or objective; those with the most records come first"),
    alerts_per_rule_max: count(1000).default(200).describe("open at the same time"),
    scores_waiting_max: count(1_000_000)
      .default(10_000)
      .describe("judgements that have come in and are not in the database yet"),
    scores_kept: duration()
      .default(90 * DAY_MS)
      .describe("how long judgements are kept for rules and objectives of quality"),
    silences_max: count(10_000).default(500).describe("that hold, or will hold"),
    history_retention: duration()
      .default(90 * DAY_MS)
      .describe("how long it is kept what fired when"),
  })
  .prefault({})
  .superRefine(({ channels, notify, rules }, context) => {
    const check = (name: string, path: (string | number)[]): void => {
      if (!Object.hasOwn(channels, name))
        context.addIssue({ code: "custom", path, message: `there is no channel ${JSON.stringify(name)}` });
    };
    notify.channels?.forEach((name, index) => check(name, ["notify", "channels", index]));
    for (const [rule, { channels: told }] of Object.entries(rules))
      told?.forEach((name, index) => check(name, ["rules", rule, "channels", index]));
  });
export type AlertsConfig = z.output<typeof alertsConfigSchema>;
