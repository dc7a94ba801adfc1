// A call as OpenTelemetry spans: one for the call, with what the GenAI conventions have names for, and one for each attempt
// below it. Usage stands on the call's span alone, so that who adds up spans counts it once.
import type { Attempt, CallRecord } from "../../ledger/contract.ts";
import { attributesOf } from "./wire/attributes.ts";
import { nanosOf, spanKinds, type SpanMessage, statusCodes } from "./wire/otlp.ts";

/** What was said, as JSON of the conventions' messages. */
export interface SpanContent {
  input: string | null;
  output: string | null;
}

export function spansOfCall(record: CallRecord, content?: SpanContent): SpanMessage[] {
  return [callSpan(record, content), ...record.attempts.map((attempt, index) => attemptSpan(record, attempt, index))];
}

function callSpan(record: CallRecord, content: SpanContent | undefined): SpanMessage {
  const { operation, model, started_at_ms, timings, error, outcome } = record;
  const name = operationName(operation);
  return {
    traceId: record.trace_id,
    spanId: record.span_id,
    parentSpanId: record.parent_span_id ?? "",
    name: `${name} ${model}`,
    kind: spanKinds.server,
    startTimeUnixNano: nanosOf(started_at_ms),
    endTimeUnixNano: nanosOf(started_at_ms + timings.total_ms),
    attributes: attributesOf({
      "gen_ai.operation.name": name,
      ...answerAttributes(record),
      ...usageAttributes(record),
      ...whoAttributes(record),
      "gen_ai.input.messages": content?.input,
      "gen_ai.output.messages": content?.output,
    }),
    // A caller that leaves, and one that is refused by its own budget, is no failure of the service; a failure has an error.
    status:
      error && outcome !== "cancelled" ? { code: statusCodes.error, message: error.message } : { code: 0, message: "" },
  };
}

function answerAttributes({ model, stream, answer, attempts, timings, error, status }: CallRecord) {
  const vendor = answer?.vendor ?? attempts.at(-1)?.vendor;
  const firstMs = timings.first_token_ms;
  return {
    "gen_ai.provider.name": vendor && providerName(vendor),
    "gen_ai.request.model": model,
    "gen_ai.request.stream": stream,
    "gen_ai.response.model": answer?.model,
    "gen_ai.response.id": answer?.response_id,
    "gen_ai.response.finish_reasons": answer?.finish_reason ? [answer.finish_reason] : null,
    "gen_ai.response.time_to_first_chunk": firstMs === null ? null : { double: firstMs / 1000 },
    "http.response.status_code": status,
    "error.type": error?.code,
  };
}

function usageAttributes({ tokens, cost }: CallRecord) {
  const isKnown = tokens.source !== "unknown";
  return {
    "gen_ai.usage.input_tokens": isKnown ? tokens.input : null,
    "gen_ai.usage.output_tokens": isKnown ? tokens.output : null,
    "gen_ai.usage.cache_read.input_tokens": tokens.cache_read || null,
    "gen_ai.usage.cache_creation.input_tokens": tokens.cache_write || null,
    "gen_ai.usage.reasoning.output_tokens": tokens.reasoning || null,
    // In dollars, as several backends read it.
    "gen_ai.usage.cost": cost.usd_micros === null ? null : { double: cost.usd_micros / 1_000_000 },
    "binnacle.cost.usd_micros": cost.usd_micros,
  };
}

function whoAttributes({ id, session, who, route, answer, attempts, cache, outcome, prompt, shadow_of }: CallRecord) {
  return {
    "gen_ai.conversation.id": session,
    "session.id": session,
    "user.id": who.user,
    "gen_ai.prompt.name": prompt?.id,
    "binnacle.call.id": id,
    "binnacle.key.id": who.key_id,
    "binnacle.team": who.team,
    "binnacle.project": who.project,
    "binnacle.tags": who.tags,
    "binnacle.route": route.name,
    "binnacle.route.reason": route.reason,
    "binnacle.target": answer?.target,
    "binnacle.attempts": attempts.length,
    "binnacle.cache": cache === "off" ? null : cache,
    "binnacle.outcome": outcome,
    "binnacle.shadow_of": shadow_of,
  };
}

function attemptSpan(record: CallRecord, attempt: Attempt, index: number): SpanMessage {
  const startMs = record.started_at_ms + attempt.started_after_ms;
  const { error } = attempt;
  const hasFailed = error !== null && attempt.outcome !== "cancelled";
  return {
    traceId: record.trace_id,
    spanId: attempt.span_id ?? spanIdOfAttempt(record.span_id, index),
    parentSpanId: record.span_id,
    name: `attempt ${attempt.target}`,
    kind: spanKinds.client,
    startTimeUnixNano: nanosOf(startMs),
    endTimeUnixNano: nanosOf(startMs + attempt.duration_ms),
    attributes: attributesOf({
      "gen_ai.provider.name": providerName(attempt.vendor),
      "gen_ai.request.model": attempt.model,
      "http.response.status_code": attempt.status,
      "error.type": error?.code,
      "binnacle.target": attempt.target,
      "binnacle.attempt": index + 1,
      "binnacle.attempt.reason": attempt.reason,
      "binnacle.attempt.outcome": attempt.outcome,
      "binnacle.attempt.role": attempt.role,
      "binnacle.attempt.first_byte_ms": attempt.first_byte_ms,
      "binnacle.attempt.cost.usd_micros": attempt.cost_usd_micros,
    }),
    status: hasFailed ? { code: statusCodes.error, message: error.message } : { code: 0, message: "" },
  };
}

/** Of an attempt whose vendor was not told: the same each time it is asked for, and another for each attempt. */
function spanIdOfAttempt(spanId: string, index: number): string {
  return `${(index + 1).toString(16).padStart(4, "0").slice(-4)}${spanId.slice(4)}`;
}

const OPERATIONS: Readonly<Record<string, string>> = {
  realtime: "chat",
  image_generation: "generate_content",
  image_edit: "generate_content",
  speech: "generate_content",
};

function operationName(operation: CallRecord["operation"]): string {
  return OPERATIONS[operation] ?? operation;
}

/** The names of OpenTelemetry, where they are others than ours. */
const PROVIDERS: Readonly<Record<string, string>> = {
  "azure-openai": "azure.ai.openai",
  google: "gcp.gemini",
  vertex: "gcp.vertex_ai",
  bedrock: "aws.bedrock",
  mistral: "mistral_ai",
  xai: "x_ai",
  moonshot: "moonshot_ai",
};

export function providerName(vendor: string): string {
  return PROVIDERS[vendor] ?? vendor;
}
