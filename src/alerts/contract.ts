// Objectives, alerts, rules, silences and channels as they stand on the wire.
import { oc } from "@orpc/contract";
import { z } from "zod";

const names = z.record(z.string(), z.string());
const facts = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const name = z.string().min(1).max(100);
const cursor = z.string().max(100).optional().describe("next_cursor of the page before");
const limit = z.coerce.number().int().min(1).max(200).default(50);
const changedBy = z
  .object({ key_id: z.string(), key_name: z.string() })
  .nullable()
  .describe("null for the configuration");
const source = z.enum(["default", "config", "api"]).describe("where it is from; only those of api are changed here");
const spec = z.record(z.string(), z.unknown());

export const alertViewSchema = z.object({
  id: z.string(),
  rule: z.string(),
  kind: z.string(),
  labels: names.describe("which series of the rule it is"),
  severity: z.enum(["critical", "warning", "info"]),
  state: z.enum(["pending", "firing", "resolved"]),
  reason: z
    .enum(["no_data", "gone"])
    .nullable()
    .describe(
      "no_data: of a series of which nothing is known; gone: resolved because its rule is turned off or deleted",
    ),
  value: z.number().nullable(),
  threshold: z.number().nullable(),
  unit: z.enum(["share", "usd_micros", "ms", "score", "burn", "records", "distance"]).describe("of both"),
  facts,
  since_ms: z.number().int(),
  fired_at_ms: z.number().int().nullable(),
  resolved_at_ms: z.number().int().nullable(),
  seen_at_ms: z.number().int().describe("when its figures were read"),
});
export type AlertView = z.infer<typeof alertViewSchema>;

export const openAlertSchema = alertViewSchema.extend({
  silenced_by: z.array(z.string()).describe("ids of silences that hold for it"),
});
export type OpenAlert = z.infer<typeof openAlertSchema>;

export const evaluationSchema = z.object({
  evaluated_at_ms: z.number().int().nullable().describe("null before the first look"),
  took_ms: z.number().nullable(),
  deliveries_waiting: z.number().int(),
  deliveries_dead: z.number().int().describe("given up, and kept for delivery.keep"),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

export const historyEntrySchema = z.object({
  id: z.string(),
  at_ms: z.number().int(),
  from: z.enum(["well", "pending", "firing", "resolved"]),
  to: z.enum(["well", "pending", "firing", "resolved"]),
  alert: alertViewSchema,
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

export const ruleViewSchema = z.object({
  name: z.string(),
  kind: z.string(),
  source,
  enabled: z.boolean(),
  spec: spec.describe("with its defaults filled in"),
  changed_at_ms: z.number().int().nullable(),
  changed_by: changedBy,
  read_at_ms: z.number().int().nullable().describe("when it was last looked at"),
  series: z.number().int().nullable(),
  error: z.string().nullable().describe("why it could not be read then"),
});
export type RuleView = z.infer<typeof ruleViewSchema>;

const burnSchema = z.object({
  burn: z.enum(["page", "ticket"]),
  long_ms: z.number().int(),
  short_ms: z.number().int(),
  factor: z.number().describe("how many times too fast is too fast"),
  long_burn: z.number().describe("1 spends the whole budget in just the objective's window"),
  short_burn: z.number(),
  long_events: z.number().int(),
  burning: z.boolean(),
});

export const sloSeriesSchema = z.object({
  labels: names,
  good: z.number().int(),
  bad: z.number().int(),
  budget_left: z.number().describe("a part of 1; below 0 where more was spent than there was"),
  exhausted_at_ms: z.number().int().nullable().describe("at the pace of the last six hours"),
  burns: z.array(burnSchema),
});

export const sloViewSchema = z.object({
  name: z.string(),
  source,
  objective: z.string(),
  target: z.number().describe("percent"),
  window_ms: z.number().int(),
  spec: spec.describe("with its defaults filled in"),
  changed_at_ms: z.number().int().nullable(),
  changed_by: changedBy,
  measured_at_ms: z.number().int().nullable().describe("null before the first look"),
  unknown: z.enum(["no_scores"]).nullable().describe("why nothing is known of it"),
  error: z.string().nullable().describe("why it could not be measured at the last look"),
  series: z.array(sloSeriesSchema),
});
export type SloView = z.infer<typeof sloViewSchema>;

const matcherSchema = z.strictObject({
  name: z.string().min(1).max(100).describe("rule, kind, severity, id, or a label such as route"),
  values: z.array(z.string().max(200)).min(1).max(50).describe("one of these; * at the end stands for anything"),
});

export const createSilenceSchema = z.strictObject({
  matchers: z.array(matcherSchema).min(1).max(10).describe("all of them must fit"),
  starts_at_ms: z.number().int().min(0).max(8.64e15).optional().describe("now, where left out"),
  until_ms: z.number().int().min(0).max(8.64e15),
  comment: z.string().min(1).max(500),
});
export type CreateSilence = z.infer<typeof createSilenceSchema>;

export const silenceViewSchema = z.object({
  id: z.string(),
  matchers: z.array(matcherSchema),
  starts_at_ms: z.number().int(),
  until_ms: z.number().int(),
  comment: z.string(),
  created_at_ms: z.number().int(),
  created_by: z.object({ key_id: z.string(), key_name: z.string() }),
});
export type SilenceView = z.infer<typeof silenceViewSchema>;

export const deliveryViewSchema = z.object({
  id: z.string(),
  channel: z.string(),
  state: z.enum(["waiting", "sent", "dead"]),
  created_at_ms: z.number().int(),
  attempts: z.number().int(),
  next_at_ms: z.number().int().nullable().describe("of the next try, while it waits"),
  ended_at_ms: z.number().int().nullable(),
  last_status: z.number().int().nullable().describe("that the receiver answered with"),
  last_error: z.string().nullable(),
  firing: z.number().int(),
  resolved: z.number().int(),
});
export type DeliveryView = z.infer<typeof deliveryViewSchema>;

export const channelViewSchema = z.object({ name: z.string(), kind: z.string(), by_default: z.boolean() });
export type ChannelView = z.infer<typeof channelViewSchema>;

export const testedChannelSchema = z.object({
  delivered: z.boolean(),
  status: z.number().int().nullable(),
  detail: z.string().describe("what the receiver said, or why it could not be asked"),
});
export type TestedChannel = z.infer<typeof testedChannelSchema>;

const tags = ["Alerts"];
const SPEC = "as under alerts.rules in the configuration";
const byName = z.object({ name });
const put = (what: string) => z.strictObject({ name, spec: spec.describe(what) });

const rulesContract = {
  list: oc
    .route({ method: "GET", path: "/alerts/rules", summary: "Alert rules, and how they were last read", tags })
    .output(z.object({ rules: z.array(ruleViewSchema) })),
  get: oc
    .route({ method: "GET", path: "/alerts/rules/{name}", summary: "One alert rule", tags })
    .input(byName)
    .output(ruleViewSchema),
  put: oc
    .route({ method: "PUT", path: "/alerts/rules/{name}", summary: "Make or change an alert rule", tags })
    .input(put(SPEC))
    .output(ruleViewSchema),
  delete: oc
    .route({
      method: "DELETE",
      path: "/alerts/rules/{name}",
      summary: "Delete a rule; what it told of is resolved",
      tags,
    })
    .input(byName)
    .output(z.object({ deleted: z.string() })),
};

const silencesContract = {
  list: oc
    .route({
      method: "GET",
      path: "/alerts/silences",
      summary: "Silences that hold or will hold, the next to end first",
      tags,
    })
    .output(z.object({ silences: z.array(silenceViewSchema) })),
  create: oc
    .route({
      method: "POST",
      path: "/alerts/silences",
      successStatus: 201,
      summary: "Let nobody be told of some alerts for a while",
      tags,
    })
    .input(createSilenceSchema)
    .output(silenceViewSchema),
  delete: oc
    .route({ method: "DELETE", path: "/alerts/silences/{id}", summary: "End a silence", tags })
    .input(z.object({ id: z.string().max(100) }))
    .output(z.object({ ended: z.string() })),
};

const deliveriesContract = {
  list: oc
    .route({
      method: "GET",
      path: "/alerts/deliveries",
      summary: "Messages that wait, were sent or given up; newest first",
      tags,
    })
    .input(z.object({ limit, cursor, state: z.enum(["waiting", "sent", "dead"]).optional() }))
    .output(z.object({ deliveries: z.array(deliveryViewSchema), next_cursor: z.string().nullable() })),
  retry: oc
    .route({
      method: "POST",
      path: "/alerts/deliveries/{id}/retry",
      summary: "Try a message again that was given up",
      tags,
    })
    .input(z.object({ id: z.string().max(100) }))
    .output(z.object({ waiting: z.string() })),
};

const sloTags = ["SLOs"];

export const alertsContract = {
  alerts: {
    list: oc
      .route({ method: "GET", path: "/alerts", summary: "Alerts that are pending or firing, the worst first", tags })
      .output(z.object({ alerts: z.array(openAlertSchema), evaluation: evaluationSchema })),
    get: oc
      .route({ method: "GET", path: "/alerts/{id}", summary: "One alert, open or over", tags })
      .input(z.object({ id: z.string().max(100) }))
      .output(openAlertSchema),
    history: oc
      .route({ method: "GET", path: "/alerts/history", summary: "What began and ended to fire, newest first", tags })
      .input(z.object({ limit, cursor, rule: name.optional(), alert_id: z.string().max(100).optional() }))
      .output(z.object({ entries: z.array(historyEntrySchema), next_cursor: z.string().nullable() })),
    rules: rulesContract,
    silences: silencesContract,
    deliveries: deliveriesContract,
    channels: {
      list: oc
        .route({ method: "GET", path: "/alerts/channels", summary: "Channels of the configuration", tags })
        .output(z.object({ channels: z.array(channelViewSchema) })),
      test: oc
        .route({ method: "POST", path: "/alerts/channels/{name}/test", summary: "Send a test to a channel, now", tags })
        .input(byName)
        .output(testedChannelSchema),
    },
  },
  slos: {
    list: oc
      .route({
        method: "GET",
        path: "/slos",
        summary: "Objectives: what is left of their budgets, how fast they burn",
        tags: sloTags,
      })
      .output(z.object({ slos: z.array(sloViewSchema) })),
    get: oc
      .route({ method: "GET", path: "/slos/{name}", summary: "One objective", tags: sloTags })
      .input(byName)
      .output(sloViewSchema),
    put: oc
      .route({ method: "PUT", path: "/slos/{name}", summary: "Make or change an objective", tags: sloTags })
      .input(put("as under alerts.slos in the configuration"))
      .output(sloViewSchema),
    delete: oc
      .route({ method: "DELETE", path: "/slos/{name}", summary: "Delete an objective", tags: sloTags })
      .input(byName)
      .output(z.object({ deleted: z.string() })),
  },
};
