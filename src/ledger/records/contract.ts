// Records as they are read: in lists, as the trees of traces, by session and by user. Own calls and what applications report
// stand beside each other. Times are epoch milliseconds with fraction, money is micro-dollars.
import { oc } from "@orpc/contract";
import { z } from "zod";

const tokensSchema = z.object({
  input: z.number().int(),
  output: z.number().int(),
  cache_read: z.number().int(),
  cache_write: z.number().int(),
  reasoning: z.number().int(),
});

/** What lists show. What a record does not say is null. */
export const recordSummarySchema = z.object({
  id: z.string(),
  kind: z.string().describe("call, tool, agent …"),
  own: z.boolean().describe("whether it went through this gateway"),
  trace_id: z.string().nullable(),
  span_id: z.string().nullable(),
  parent_span_id: z.string().nullable(),
  name: z.string().nullable(),
  started_at_ms: z.number(),
  duration_ms: z.number().nullable(),
  first_token_ms: z.number().nullable(),
  outcome: z.string(),
  error_code: z.string().nullable(),
  key_id: z.string(),
  user: z.string().nullable(),
  team: z.string().nullable(),
  project: z.string().nullable(),
  tags: z.array(z.string()),
  session: z.string().nullable(),
  service: z.string().nullable(),
  environment: z.string().nullable(),
  model: z.string().nullable(),
  answer_model: z.string().nullable(),
  route: z.string().nullable(),
  vendor: z.string().nullable(),
  prompt: z.string().nullable(),
  operation: z.string().nullable(),
  finish_reason: z.string().nullable(),
  cache: z.string().nullable(),
  tokens: tokensSchema.nullable(),
  cost_usd_micros: z.number().int().nullable(),
  saved_usd_micros: z.number().int().nullable(),
  counted: z.boolean().describe("whether sums count it: calls without one inside them that reports the same usage"),
  same_as: z
    .string()
    .nullable()
    .describe("of what an application reports: id of the call through the gateway that it is"),
  request_preview: z.string().nullable().describe("the beginning of what was asked"),
  response_preview: z.string().nullable().describe("the beginning of the answer"),
});
export type RecordSummary = z.infer<typeof recordSummarySchema>;

const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().optional().describe("next_cursor of the page before"),
};
const bounds = {
  since_ms: z.coerce
    .number()
    .optional()
    .describe("started at or after; by default, and at most, as ledger.reading says"),
  until_ms: z.coerce.number().optional(),
  filter: z.string().optional().describe("see docs/reference/filters.md"),
};

export const recordQuerySchema = z.object({ ...page, ...bounds });
export type RecordQuery = z.infer<typeof recordQuerySchema>;

export const recordPageSchema = z.object({
  records: z.array(recordSummarySchema),
  next_cursor: z
    .string()
    .nullable()
    .describe("null on the last page; a page may be short of its limit and have one that follows"),
});
export type RecordPage = z.infer<typeof recordPageSchema>;

/** Sums over records; usage is counted once, where it came about. */
const totalsSchema = z.object({
  records: z.number().int(),
  failed: z.number().int().describe("those that did not end well"),
  calls: z.number().int().describe("calls of models, embeddings and reranks, each counted once"),
  tokens: z.object({ input: z.number().int(), output: z.number().int() }),
  cost_usd_micros: z.number().int(),
  saved_usd_micros: z.number().int(),
  started_at_ms: z.number().describe("of the first record"),
  ended_at_ms: z.number().describe("of the record that ended last; scores aside, which may be given days later"),
  cut: z.boolean().describe("there are more records than were summed up"),
});
export type Totals = z.infer<typeof totalsSchema>;

export const traceQuerySchema = z.object({
  ...page,
  ...bounds,
  match: z
    .enum(["root", "any"])
    .default("root")
    .describe("root: the filter is for a trace's first record; any: one of its records will do"),
});
export type TraceQuery = z.infer<typeof traceQuerySchema>;

export const traceSummarySchema = z.object({
  trace_id: z.string(),
  first: recordSummarySchema.describe("its root, or its earliest record while there is none"),
  root_is_known: z.boolean(),
  totals: totalsSchema,
});
export type TraceSummary = z.infer<typeof traceSummarySchema>;

export const tracePageSchema = z.object({ traces: z.array(traceSummarySchema), next_cursor: z.string().nullable() });
export type TracePage = z.infer<typeof tracePageSchema>;

export const traceNodeSchema = z.object({
  id: z.string(),
  span_id: z.string().nullable(),
  parent_id: z.string().nullable().describe("id of the record that it hangs on; null at the top"),
  depth: z.number().int(),
  orphan: z.boolean().describe("its parent is not on record, or not yet"),
  kind: z.string(),
  own: z.boolean(),
  name: z.string().nullable(),
  service: z.string().nullable(),
  agent: z.string().nullable().describe("of kind agent"),
  tool: z.string().nullable().describe("of kind tool"),
  started_after_ms: z.number().describe("since the trace began"),
  duration_ms: z.number(),
  critical_ms: z.number().describe("how much of the trace's time was spent here, and waited for"),
  outcome: z.string(),
  error_code: z.string().nullable(),
  model: z.string().nullable(),
  tokens: z.object({ input: z.number().int(), output: z.number().int() }).nullable(),
  cost_usd_micros: z.number().int().nullable(),
  counted: z.boolean(),
  same_as: z
    .string()
    .nullable()
    .describe("id of the call through the gateway that it is; it stands elsewhere, as a rule"),
});
export type TraceNode = z.infer<typeof traceNodeSchema>;

const handOffSchema = z.object({
  from: z.string(),
  to: z.string(),
  via: z.string().nullable().describe("the tool through which it was asked; null where it was asked directly"),
  times: z.number().int(),
  first_after_ms: z.number().describe("since the trace began"),
});
export type HandOff = z.infer<typeof handOffSchema>;

export const traceDetailSchema = z.object({
  trace_id: z.string(),
  totals: totalsSchema.describe("of all its records, also of those that are not shown"),
  truncated: z.boolean().describe("it has more records than were asked for; the earliest are shown"),
  nodes: z.array(traceNodeSchema).describe("each after what it hangs on, in the order in which they began"),
  hand_offs: z.array(handOffSchema),
});
export type TraceDetail = z.infer<typeof traceDetailSchema>;

/** A session, or what one user did. */
export const activitySchema = z.object({
  name: z.string(),
  totals: totalsSchema,
  traces: z.number().int(),
  users: z.array(z.string()).describe("some of them, of sessions"),
  last_request_preview: z.string().nullable(),
});
export type Activity = z.infer<typeof activitySchema>;

export const activityPageSchema = z.object({ items: z.array(activitySchema), next_cursor: z.string().nullable() });
export type ActivityPage = z.infer<typeof activityPageSchema>;

export const turnSchema = z.object({
  trace_id: z.string().nullable(),
  started_at_ms: z.number(),
  duration_ms: z.number(),
  records: z.number().int(),
  failed: z.number().int(),
  cost_usd_micros: z.number().int(),
  request_preview: z.string().nullable().describe("what was asked first"),
  response_preview: z.string().nullable().describe("what was answered last"),
  calls: z.array(recordSummarySchema).describe("its calls of models, in the order in which they began"),
});
export type Turn = z.infer<typeof turnSchema>;

export const sessionDetailSchema = z.object({
  name: z.string(),
  totals: totalsSchema,
  truncated: z.boolean().describe("it has more records than are looked at; the earliest are shown"),
  turns: z.array(turnSchema).describe("its traces, in the order in which they began"),
});
export type SessionDetail = z.infer<typeof sessionDetailSchema>;

const route = (path: `/${string}`, summary: string, tag: string) =>
  oc.route({ method: "GET", path, summary, tags: [tag] });

export const recordList = route("/records", "List records of all kinds, newest first", "Records")
  .input(recordQuerySchema)
  .output(recordPageSchema);

export const tracesContract = {
  list: route("/traces", "List traces, newest first", "Traces").input(traceQuerySchema).output(tracePageSchema),
  get: route("/traces/{id}", "One trace as a tree, with its timeline", "Traces")
    .input(
      z.object({
        id: z.string().describe("32 hex digits"),
        limit: z.coerce.number().int().min(1).max(20_000).default(5000).describe("records to show"),
      }),
    )
    .output(traceDetailSchema),
};

export const sessionsContract = {
  list: route("/sessions", "List sessions, those used last first", "Sessions")
    .input(recordQuerySchema)
    .output(activityPageSchema),
  get: route("/sessions/{id}", "One session, turn by turn", "Sessions")
    .input(z.object({ id: z.string() }))
    .output(sessionDetailSchema),
};

export const activityContract = {
  users: route("/activity/users", "Users by what they did, those active last first", "Sessions")
    .input(recordQuerySchema)
    .output(activityPageSchema),
};
