// A foreign span's columns, out of its record.
import { nameOfPrompt } from "./columns-of-call.ts";
import type { LineColumns } from "./line-columns.ts";
import { fieldOf, listOf, type Unchecked } from "./unchecked.ts";

/** Kinds whose usage is counted; of agents and runs it is the sum of what their parts say. */
const USING: ReadonlySet<unknown> = new Set(["call", "embedding", "rerank"]);

export function columnsOfSpan(record: Unchecked): LineColumns {
  const { who, service, tokens, started_at_ms: startedAtMs } = record;
  const cost = fieldOf(record.cost, "usd_micros");
  return {
    is_own: false,
    id: record.id,
    trace_id: record.trace_id,
    parent_span_id: record.parent_span_id,
    span_id: record.span_id,
    // As in its id, which leads to the day that it is stored under; the fraction stays in the record.
    started_at_ms: typeof startedAtMs === "number" ? Math.floor(startedAtMs) : startedAtMs,
    kind: record.kind,
    is_counted: USING.has(record.kind) && hasUsage([fieldOf(tokens, "input"), fieldOf(tokens, "output"), cost]),
    name: record.name,
    key_id: fieldOf(who, "key_id"),
    session: record.session,
    user_name: fieldOf(who, "user"),
    team: fieldOf(who, "team"),
    project: fieldOf(who, "project"),
    tags: listOf(who, "tags"),
    service: fieldOf(service, "name"),
    environment: fieldOf(service, "environment"),
    model: record.model,
    answer_model: record.answer_model,
    route: undefined,
    vendor: record.vendor,
    prompt: nameOfPrompt(record.prompt, "name"),
    pattern: undefined,
    operation: record.operation,
    outcome: record.outcome,
    error_code: fieldOf(record.error, "code"),
    finish_reason: record.finish_reason,
    cache: undefined,
    input_tokens: fieldOf(tokens, "input"),
    output_tokens: fieldOf(tokens, "output"),
    cache_read_tokens: fieldOf(tokens, "cache_read"),
    cache_write_tokens: fieldOf(tokens, "cache_write"),
    reasoning_tokens: fieldOf(tokens, "reasoning"),
    cost_usd_micros: cost,
    saved_usd_micros: undefined,
    wasted_usd_micros: undefined,
    duration_ms: record.duration_ms,
    first_token_ms: record.first_token_ms,
    organisation: fieldOf(who, "organisation"),
    response_id: record.response_id || undefined,
  };
}

function hasUsage(figures: readonly unknown[]): boolean {
  return figures.some((figure) => typeof figure === "number" && figure > 0);
}
