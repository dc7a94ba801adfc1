// A call's columns, out of its record.
import type { LineColumns } from "./line-columns.ts";
import { fieldOf, listOf, type Unchecked } from "./unchecked.ts";

export function columnsOfCall(record: Unchecked): LineColumns {
  const { who, answer, tokens, timings, model, operation } = record;
  return {
    is_own: true,
    id: record.id,
    trace_id: record.trace_id,
    parent_span_id: record.parent_span_id,
    span_id: record.span_id,
    started_at_ms: record.started_at_ms,
    kind: operation === "embeddings" ? "embedding" : operation === "rerank" ? "rerank" : "call",
    is_counted: true,
    name: model,
    key_id: fieldOf(who, "key_id"),
    session: record.session,
    user_name: fieldOf(who, "user"),
    team: fieldOf(who, "team"),
    project: fieldOf(who, "project"),
    tags: listOf(who, "tags"),
    service: undefined,
    environment: undefined,
    model,
    answer_model: fieldOf(answer, "model"),
    route: fieldOf(record.route, "name"),
    vendor: fieldOf(answer, "vendor"),
    prompt: nameOfPrompt(record.prompt, "id"),
    pattern: undefined,
    operation,
    outcome: record.outcome,
    error_code: fieldOf(record.error, "code"),
    finish_reason: fieldOf(answer, "finish_reason"),
    cache: record.cache,
    input_tokens: fieldOf(tokens, "input"),
    output_tokens: fieldOf(tokens, "output"),
    cache_read_tokens: fieldOf(tokens, "cache_read"),
    cache_write_tokens: fieldOf(tokens, "cache_write"),
    reasoning_tokens: fieldOf(tokens, "reasoning"),
    cost_usd_micros: fieldOf(record.cost, "usd_micros"),
    saved_usd_micros: fieldOf(record.cached, "saved_usd_micros"),
    wasted_usd_micros: wastedBy(record),
    duration_ms: fieldOf(timings, "total_ms"),
    first_token_ms: fieldOf(timings, "first_token_ms"),
    organisation: fieldOf(who, "organisation"),
    // Hardly ever empty, and then as good as none.
    response_id: fieldOf(answer, "response_id") || undefined,
  };
}

/** With its version, where it has one. */
export function nameOfPrompt(prompt: unknown, idField: "id" | "name"): string | undefined {
  const [id, version] = [fieldOf(prompt, idField), fieldOf(prompt, "version")];
  if (typeof id !== "string") return undefined;
  return typeof version === "string" ? `${id}@${version}` : id;
}

/** What the attempts cost whose answers were not given, as far as they say so. Undefined rather than nothing. */
function wastedBy({ attempts, answer, continued }: Unchecked): number | undefined {
  if (!Array.isArray(attempts) || continued) return undefined;
  let wasted = 0;
  for (const attempt of attempts as unknown[]) {
    const cost = fieldOf(attempt, "cost_usd_micros");
    if (typeof cost !== "number" || cost <= 0) continue;
    const isGiven = fieldOf(attempt, "outcome") !== "error" && fieldOf(attempt, "target") === fieldOf(answer, "target");
    if (!isGiven) wasted += cost;
  }
  return wasted > 0 ? wasted : undefined;
}
