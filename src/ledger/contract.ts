// The record of what happened, as it stands on the wire, in the journal and in the API, and the routes that read it.
// Fields follow OpenTelemetry's GenAI conventions where those have a name. Times are epoch milliseconds, money is
// integer micro-dollars, durations are milliseconds with fraction.
import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { spanTokensSchema, whoSchema } from "./spans/contract.ts";
import { callOutcomes } from "./outcomes/contract.ts";
import { recordList, recordSummarySchema } from "./records/contract.ts";
import { scoresContract } from "./scores/contract.ts";
import { spanRecordSchema } from "./spans/contract.ts";

export {
  type SpanDialect,
  spanDialects,
  type SpanKind,
  spanKinds,
  type SpanRecord,
  spanRecordSchema,
  type SpanTokens,
} from "./spans/contract.ts";
export {
  type SumAnswer,
  type SumBucket,
  sumBuckets,
  type SumDimension,
  sumDimensions,
  type SumFigures,
  sumFiguresSchema,
  sumOrders,
  type SumQuery,
  type SumRow,
  sumRowSchema,
  type Sums,
  type SumsState,
  sumsStateSchema,
  type SumWhere,
  type WithinQuery,
  type WithinRow,
} from "./sums/contract.ts";
export type { GiveScore, ScorePage, ScoreQuery, ScoreView, TakeBackScore } from "./scores/contract.ts";
export { retentionContract, type StorageView, storageViewSchema, type Sweep } from "./retention/contract.ts";

export { type CallOutcome, callOutcomes } from "./outcomes/contract.ts";
export {
  type FilterField,
  filterFieldNames,
  type FilterFieldName,
  filterFields,
  filterOperators,
  filterTypes,
  type FilterType,
} from "./filter/contract.ts";
export {
  type Activity,
  activityContract,
  type ActivityPage,
  type HandOff,
  type RecordPage,
  type RecordQuery,
  type RecordSummary,
  sessionsContract,
  type SessionDetail,
  type Totals,
  type TraceDetail,
  type TraceNode,
  type TracePage,
  type TraceQuery,
  tracesContract,
  type TraceSummary,
  type Turn,
} from "./records/contract.ts";

/** What was asked for; `realtime` is one response of a Realtime connection, `native` a request in a vendor's own words, `probe` a list of models that was asked for to see whether a target is well. */
export const callOperations = [
  "chat",
  "embeddings",
  "rerank",
  "image_generation",
  "image_edit",
  "speech",
  "transcription",
  "translation",
  "moderation",
  "count_tokens",
  "realtime",
  "native",
  "probe",
] as const;

const callError = z.object({ code: z.string(), message: z.string() });

const tokensSchema = spanTokensSchema.extend({
  source: z.enum(["vendor", "estimated", "unknown"]),
});

/** Part of calls that ask several targets for one answer. */
export const attemptRoles = ["member", "draft", "final", "judge"] as const;

const attemptSchema = z.object({
  target: z.string().describe("vendor/model"),
  vendor: z.string(),
  model: z.string(),
  reason: z.string().describe("why this target was tried at this place"),
  credential: z.string().optional().describe("which of the vendor's credentials was shown, where it has several"),
  started_after_ms: z.number().describe("since the call began"),
  duration_ms: z.number(),
  span_id: z.string().optional().describe("W3C id under which the vendor was told of it, where it was"),
  first_byte_ms: z.number().nullable().describe("since the attempt began; null when nothing came"),
  status: z.number().int().nullable().describe("HTTP status of the vendor; null when it did not answer"),
  outcome: z.enum(["ok", "error", "truncated", "cancelled"]),
  error: callError.nullable(),
  role: z.enum(attemptRoles).optional().describe("in calls that ask several targets for one answer"),
  verdict: z
    .string()
    .optional()
    .describe("of such an attempt: whether its answer was accepted and why; what a judge said"),
  tokens: tokensSchema.optional().describe("of this answer, where the call came to more than one"),
  batched_with: z
    .number()
    .int()
    .optional()
    .describe("how many other calls' texts were in the same request; tokens and cost are this call's share"),
  cost_usd_micros: z
    .number()
    .int()
    .nullable()
    .optional()
    .describe("likewise; null where it was let go, and what it cost is not known, or it has no known price"),
});

const consideredSchema = z.object({
  target: z.string(),
  chosen: z.boolean(),
  reason: z.string().describe("why it was chosen, or why it was passed over"),
});

const shadowSchema = z.object({
  target: z.string(),
  call_id: z.string().nullable().describe("under which the copy is on record; null where none was sent"),
  left_out: z.string().nullable().describe("why none was sent"),
});

export const cacheOutcomes = ["off", "hit", "semantic", "miss", "refreshed", "bypassed", "joined", "partial"] as const;

const cachedSchema = z.object({
  from: z.enum(["memory", "database", "call"]).describe("call: another one that was under way"),
  call_id: z.string().nullable().describe("the call that the answer was made for; null where there are several"),
  age_ms: z.number().int().describe("since it was answered"),
  saved_usd_micros: z.number().int().nullable().describe("what it cost then, and did not cost again"),
  saved_tokens: z.object({ input: z.number().int(), output: z.number().int() }),
  similarity: z.number().optional().describe("semantic: how near that call's question was, at most 1"),
});

export const validationOutcomes = ["valid", "mended", "invalid", "not_checked"] as const;

const answerValidationSchema = z.object({
  outcome: z
    .enum(validationOutcomes)
    .describe("mended: here, without asking anybody; not_checked: the answer calls a tool or refuses"),
  asked_again: z.number().int().describe("how often the target was asked again for an answer that holds"),
  problem: z.string().nullable().describe("what was wrong with the last answer that did not hold"),
});

const continuedSchema = z.object({
  at_characters: z.number().int().describe("how long the text was that the caller had"),
  from: z.string().describe("the target whose answer broke off"),
  to: z.string().describe("the one that went on"),
});

const guardrailSchema = z.object({
  name: z.string().describe("the policy"),
  outcome: z.string().describe("observed, masked, blocked, asked; failed: the check could not be made"),
  side: z.string().optional().describe("input, output, tool_arguments, tool_result, retrieved"),
  kind: z.string().optional().describe("what was found: email, card, injection"),
  detector: z.string().optional(),
  score: z.number().optional().describe("from 0 to 1"),
  place: z.string().optional().describe("which text of the request or answer: messages.0.content"),
  start: z.number().int().optional().describe("characters into that text"),
  end: z.number().int().optional(),
});

const bodyRefSchema = z.object({
  hash: z.string().describe("sha256 of the stored bytes, hex; empty when none were stored"),
  media_type: z.string(),
  size_bytes: z.number().int(),
  stored_bytes: z.number().int().describe("less than size_bytes when the body was cut at the configured bound"),
});

export const callRecordSchema = z.object({
  id: z.string(),
  kind: z.literal("call"),
  schema: z.literal(1),
  trace_id: z.string(),
  span_id: z.string(),
  parent_span_id: z.string().nullable(),
  session: z.string().nullable(),
  started_at_ms: z.number().int(),
  who: whoSchema,
  authority: z.object({ policy: z.string(), rule: z.string() }).describe("what allowed or refused the call"),
  operation: z.enum(callOperations),
  dialect: z.string(),
  model: z.string().describe("the model as the caller named it"),
  stream: z.boolean(),
  route: z.object({ name: z.string(), strategy: z.string(), reason: z.string() }),
  considered: z.array(consideredSchema),
  attempts: z.array(attemptSchema),
  answer: z
    .object({
      target: z.string(),
      vendor: z.string(),
      model: z.string().describe("the model as the vendor named it"),
      response_id: z.string().nullable(),
      finish_reason: z.string().nullable(),
    })
    .nullable(),
  tokens: tokensSchema.describe("of the answer that was given, all its parts"),
  cost: z.object({
    usd_micros: z
      .number()
      .int()
      .nullable()
      .describe("null when the model has no known price; where several were asked, the sum"),
    price_version: z.string().nullable(),
  }),
  budget: z
    .object({
      held_usd_micros: z.number().int().describe("the most that the call could have come to"),
      held_after_ms: z.number().optional().describe("when it was held, from the call's beginning"),
      charged_usd_micros: z.number().int().describe("what its budgets were charged in the end"),
    })
    .optional()
    .describe("of callers under a budget"),
  timings: z.object({
    total_ms: z.number(),
    overhead_ms: z.number().describe("time spent in Binnacle before the first attempt, waiting for a place included"),
    queue_ms: z
      .number()
      .optional()
      .describe("time spent waiting for a place, or a turn at a vendor; absent when both were free"),
    first_token_ms: z.number().nullable(),
    per_output_token_ms: z.number().nullable(),
  }),
  cache: z
    .enum(cacheOutcomes)
    .describe(
      "semantic: the answer to a question like it; joined: the answer of another call like it that was under way; partial: some of its texts were embedded before",
    ),
  cached: cachedSchema.optional().describe("where the answer is from, when it was not made for this call"),
  compared: z
    .object({ call_id: z.string(), similarity: z.number() })
    .optional()
    .describe("the call whose answer could have been given, had the two not been compared; see gateway.cache.semantic"),
  continued: z
    .array(continuedSchema)
    .optional()
    .describe("where the answer broke off and another target went on with it; tokens and cost are those of all parts"),
  decision: z.string().optional().describe("of calls that ask several targets: whose answer was given, and why"),
  shadows: z.array(shadowSchema).optional().describe("copies of the call, whose answers are recorded only"),
  shadow_of: z.string().optional().describe("the id of the call that this is a copy of"),
  prompt: z
    .object({
      id: z.string(),
      version: z.string().nullable(),
      hash: z.string().describe("sha256 of the prompt before it was filled in, hex: the same hash is the same prompt"),
    })
    .optional()
    .describe("of a call that names a prompt of the configuration"),
  compression: z
    .object({
      input_tokens_before: z.number().int().describe("about, of the texts of its messages"),
      input_tokens_after: z.number().int(),
      saved_usd_micros: z.number().int().nullable().describe("about, at the answering model's price for input"),
    })
    .optional()
    .describe("where its route leaves out what says nothing"),
  validation: answerValidationSchema.optional().describe("where the answer is checked against a JSON schema"),
  guardrails: z.array(guardrailSchema).describe("what guardrails found, and did; never the text itself"),
  dropped: z.array(z.string()).describe("parameters that could not be carried to the vendor"),
  outcome: z.enum(callOutcomes),
  status: z.number().int().describe("HTTP status the caller got"),
  error: callError.nullable(),
  bodies: z.object({ request: bodyRefSchema.nullable(), response: bodyRefSchema.nullable() }),
});

export type CallRecord = z.infer<typeof callRecordSchema>;
export type GuardrailEntry = z.infer<typeof guardrailSchema>;
export type Attempt = z.infer<typeof attemptSchema>;
export type Considered = z.infer<typeof consideredSchema>;
export type ShadowLink = z.infer<typeof shadowSchema>;
export type Who = z.infer<typeof whoSchema>;
export type Tokens = z.infer<typeof tokensSchema>;
export type AnswerValidation = z.infer<typeof answerValidationSchema>;
export type Continued = z.infer<typeof continuedSchema>;
export type Cached = z.infer<typeof cachedSchema>;
export type CacheOutcome = CallRecord["cache"];
export type BodyRef = z.infer<typeof bodyRefSchema>;

export const callQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().optional().describe("next_cursor of the page before"),
  since_ms: z.coerce.number().int().optional().describe("calls started at or after; by default the last 7 days"),
  until_ms: z.coerce.number().int().optional(),
  model: z.string().optional().describe("as the caller named it"),
  route: z.string().optional(),
  key_id: z.string().optional(),
  outcome: z.enum(callOutcomes).optional(),
  filter: z.string().optional().describe("see docs/reference/filters.md"),
});
export type CallQuery = z.infer<typeof callQuerySchema>;

/** What lists show: everything but the routing detail and the bodies. */
export const callSummarySchema = callRecordSchema.pick({
  id: true,
  started_at_ms: true,
  who: true,
  model: true,
  stream: true,
  route: true,
  answer: true,
  tokens: true,
  cost: true,
  timings: true,
  outcome: true,
  status: true,
  error: true,
  shadow_of: true,
});
export type CallSummary = z.infer<typeof callSummarySchema>;

export const callPageSchema = z.object({ calls: z.array(callSummarySchema), next_cursor: z.string().nullable() });
export type CallPage = z.infer<typeof callPageSchema>;

/** A body as it is read back: text as stored, and, for a stream, the message it adds up to. */
const bodyViewSchema = z.object({
  media_type: z.string(),
  size_bytes: z.number().int(),
  cut: z.boolean().describe("the body was longer than the configured bound"),
  text: z.string(),
});

export const callDetailSchema = callRecordSchema.extend({
  request_body: bodyViewSchema.nullable(),
  response_body: bodyViewSchema.nullable(),
  messages: z
    .array(
      z.object({
        role: z.string(),
        text: z.string(),
        tool_calls: z.array(z.object({ name: z.string(), arguments: z.string() })),
      }),
    )
    .describe("the conversation, as far as it could be read from the bodies; the last one is the answer"),
});
export type CallDetail = z.infer<typeof callDetailSchema>;

export const ledgerStateSchema = z.object({
  journal_bytes: z.number().int().describe("on disk, not yet projected"),
  journal_max_bytes: z.number().int(),
  pending_records: z.number().int().describe("in the journal, not yet in PostgreSQL"),
  lag_ms: z.number().describe("age of the oldest record that is not yet in PostgreSQL"),
  projected_records: z.number().int().describe("since this process started"),
  last_error: z.string().nullable(),
});
export type LedgerState = z.infer<typeof ledgerStateSchema>;

export const ledgerContract = {
  list: oc
    .route({ method: "GET", path: "/calls", summary: "List calls, newest first", tags: ["Calls"] })
    .input(callQuerySchema)
    .output(callPageSchema),
  live: oc
    .route({ method: "GET", path: "/calls/live", summary: "Calls as they end, as server-sent events", tags: ["Calls"] })
    .output(eventIterator(callSummarySchema)),
  get: oc
    .route({ method: "GET", path: "/calls/{id}", summary: "One call, whole", tags: ["Calls"] })
    .input(z.object({ id: z.string() }))
    .output(callDetailSchema),
};

export const recordDetailSchema = z.object({
  summary: recordSummarySchema,
  record: z.union([spanRecordSchema, callRecordSchema]).describe("the whole record, as it was written"),
  request_body: bodyViewSchema.nullable(),
  response_body: bodyViewSchema.nullable(),
});
export type RecordDetail = z.infer<typeof recordDetailSchema>;

export const recordsContract = {
  list: recordList,
  get: oc
    .route({ method: "GET", path: "/records/{id}", summary: "One record, whole, with its bodies", tags: ["Records"] })
    .input(z.object({ id: z.string() }))
    .output(recordDetailSchema),
  scores: scoresContract,
};
