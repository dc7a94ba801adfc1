// The record of what other programs report by OpenTelemetry: spans, and the few logs that say something of a call. It stands
// in the same journal and table as the record of our own calls. What the many dialects of attributes mean is decided
// in the telemetry room; here is what they come to.
import { z } from "zod";
import { type SpanKind, spanKinds } from "./kinds/contract.ts";

export { type SpanKind, spanKinds };

/** Whose attributes said what the span is. */
export const spanDialects = [
  "gen_ai",
  "openinference",
  "traceloop",
  "vercel_ai",
  "langfuse",
  "claude_code",
  "codex",
  "gemini_cli",
  "none",
] as const;

export const spanOutcomes = ["ok", "failed"] as const;

/** Anything JSON can say: attributes keep the shape they came in. */
const jsonSchema = z.json();

export const spanTokensSchema = z.object({
  input: z.number().int().describe("all input, cache reads and writes included"),
  output: z.number().int().describe("all output, reasoning included"),
  cache_read: z.number().int(),
  cache_write: z.number().int(),
  reasoning: z.number().int(),
});

export const whoSchema = z.object({
  key_id: z.string(),
  key_name: z.string(),
  user: z.string().nullable(),
  team: z.string().nullable(),
  project: z.string().nullable(),
  tags: z.array(z.string()),
  organisation: z.string().optional().describe("the tenant; left out of what is the installation's own"),
});

const spanEventSchema = z.object({
  name: z.string(),
  after_ms: z.number().describe("since the span began"),
  attributes: z.record(z.string(), jsonSchema),
});

const spanBodySchema = z.object({
  hash: z.string().describe("sha256 of the stored bytes, hex; empty when none were stored, or not known yet"),
  media_type: z.string(),
  size_bytes: z.number().int(),
  stored_bytes: z.number().int(),
});

export const spanRecordSchema = z.object({
  id: z.string().describe("a UUIDv7 whose time is started_at_ms, and the rest a hash of trace and span id"),
  kind: z.enum(spanKinds),
  schema: z.literal(1),
  source: z.enum(["otlp", "api"]).describe("otlp: another program reported it; api: it was given here, a score"),
  trace_id: z.string().describe("32 hex digits"),
  span_id: z.string().describe("16 hex digits"),
  parent_span_id: z.string().nullable(),
  links: z.array(z.object({ trace_id: z.string(), span_id: z.string() })),
  name: z.string(),
  span_kind: z.enum(["internal", "server", "client", "producer", "consumer", "unspecified"]),
  session: z.string().nullable(),
  started_at_ms: z.number().describe("with fraction"),
  duration_ms: z.number(),
  who: whoSchema.describe("whose key sent it; the user is the one whom the span names"),
  service: z.object({
    name: z.string().nullable(),
    version: z.string().nullable(),
    environment: z.string().nullable(),
    release: z.string().nullable(),
  }),
  scope: z.object({ name: z.string(), version: z.string(), schema_url: z.string() }).describe("what instrumented it"),
  dialect: z.enum(spanDialects),
  operation: z.string().nullable().describe("chat, embeddings, execute_tool …, by OpenTelemetry's names"),
  vendor: z.string().nullable(),
  model: z.string().nullable().describe("as it was asked for"),
  answer_model: z.string().nullable().describe("as the vendor named it"),
  fingerprint: z.string().nullable().describe("the vendor's own version of the model, where it says one"),
  response_id: z.string().nullable(),
  finish_reason: z.string().nullable(),
  stream: z.boolean().nullable(),
  agent: z.object({ id: z.string().nullable(), name: z.string().nullable() }).nullable(),
  tool: z.object({ name: z.string(), call_id: z.string().nullable() }).nullable(),
  prompt: z.object({ name: z.string(), version: z.string().nullable() }).nullable(),
  retrieval: z
    .object({
      query: z.string().nullable(),
      documents: z.array(z.object({ id: z.string().nullable(), score: z.number().nullable() })),
    })
    .nullable()
    .describe("of kind retrieval or rerank; the documents' texts are in the output"),
  score: z
    .object({
      name: z.string(),
      value: z.number().nullable(),
      label: z.string().nullable(),
      explanation: z.string().nullable(),
      of: z
        .object({
          id: z.string(),
          model: z.string().nullable(),
          vendor: z.string().nullable(),
          prompt: z.string().nullable(),
        })
        .optional()
        .describe("of one that was given here: the record that it judges, and whose answer that was"),
    })
    .nullable()
    .describe("of kind score: what was judged, of the parent span"),
  tokens: spanTokensSchema.nullable().describe("as reported by this span, also where its children report the same"),
  cost: z
    .object({
      usd_micros: z.number().int(),
      source: z.enum(["reported", "computed"]),
      price_version: z.string().nullable(),
    })
    .nullable()
    .describe("null where the model has no known price"),
  first_token_ms: z.number().nullable(),
  outcome: z.enum(spanOutcomes),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  severity: z.string().nullable().describe("of kind log"),
  intent: z.string().optional().describe("what the request was after, where the application says so"),
  quality: z.number().optional().describe("how good the outcome was found, where the application says so"),
  attributes: z.record(z.string(), jsonSchema).describe("all that no field above says, the resource's too"),
  events: z.array(spanEventSchema),
  cut: z.array(z.string()).describe("what was longer than its bound and was cut, by name"),
  bodies: z.object({ request: spanBodySchema.nullable(), response: spanBodySchema.nullable() }),
});

export type SpanRecord = z.infer<typeof spanRecordSchema>;
export type SpanDialect = SpanRecord["dialect"];
export type SpanTokens = z.infer<typeof spanTokensSchema>;
