// Spans of other programs, for tests.
import type { SpanRecord } from "../contract.ts";
import { spanRecordId } from "../index.ts";

export const TRACE = "0af7651916cd43dd8448eb211c80319c";

export interface SpanParts extends Omit<Partial<SpanRecord>, "tokens"> {
  tokens?: { input: number; output: number } | null;
}

/** A span as the telemetry room makes it: by default a model call that says what it used. */
export function spanOf({ tokens, ...parts }: SpanParts = {}): SpanRecord {
  const { trace_id = TRACE, span_id = randomSpanId(), started_at_ms = Date.now() } = parts;
  const used = tokens === undefined ? { input: 100, output: 20 } : tokens;
  return {
    id: spanRecordId({ traceId: trace_id, spanId: span_id, startedAtMs: started_at_ms }),
    kind: "call",
    schema: 1,
    source: "otlp",
    trace_id,
    span_id,
    parent_span_id: null,
    links: [],
    name: "chat gpt-4o",
    span_kind: "client",
    session: null,
    started_at_ms,
    duration_ms: 120.5,
    who: { key_id: "key-1", key_name: "laptop", user: null, team: null, project: null, tags: [] },
    service: { name: "shop", version: null, environment: "production", release: null },
    scope: { name: "openai", version: "1", schema_url: "" },
    dialect: "gen_ai",
    operation: "chat",
    vendor: "openai",
    model: "gpt-4o",
    answer_model: null,
    fingerprint: null,
    response_id: null,
    finish_reason: "stop",
    stream: null,
    agent: null,
    tool: null,
    prompt: null,
    retrieval: null,
    score: null,
    tokens: used && { ...used, cache_read: 0, cache_write: 0, reasoning: 0 },
    cost: null,
    first_token_ms: null,
    outcome: "ok",
    error: null,
    severity: null,
    attributes: {},
    events: [],
    cut: [],
    bodies: { request: null, response: null },
    ...parts,
  };
}

export function randomSpanId(): string {
  return Bun.randomUUIDv7().replaceAll("-", "").slice(-16);
}
