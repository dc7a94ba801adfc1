// A call and a span that say something in every field that exports show.
import type { CallRecord, SpanRecord } from "../contract.ts";
import { blankSpan } from "../spans/blank-span.ts";

const WHO = { key_id: "k1", key_name: "laptop", user: "ann", team: "search", project: null, tags: ["a,b", "c"] };
const NOON = Date.UTC(2026, 10, 21, 12);

export function sampleCall(): CallRecord {
  return {
    id: "019aa6f6-5c00-7000-8000-000000000001",
    kind: "call",
    schema: 1,
    trace_id: "0".repeat(31) + "1",
    span_id: "0".repeat(15) + "1",
    parent_span_id: null,
    session: "s-1",
    started_at_ms: NOON,
    who: WHO,
    authority: { policy: "keys", rule: "call" },
    operation: "chat",
    dialect: "openai-chat",
    model: "fast",
    stream: false,
    route: { name: "fast", strategy: "fallback", reason: "named" },
    considered: [],
    attempts: [],
    answer: { target: "sim/steady", vendor: "sim", model: "steady-1", response_id: "r", finish_reason: "stop" },
    tokens: { input: 12, output: 34, cache_read: 1, cache_write: 2, reasoning: 3, source: "vendor" },
    cost: { usd_micros: 56, price_version: "test" },
    timings: { total_ms: 12.5, overhead_ms: 1, first_token_ms: null, per_output_token_ms: null },
    cache: "off",
    guardrails: [],
    dropped: [],
    outcome: "ok",
    status: 200,
    error: null,
    bodies: { request: null, response: null },
  };
}

export function sampleSpan(): SpanRecord {
  return {
    ...blankSpan(),
    id: "019aa6f6-5c00-7000-8000-000000000002",
    kind: "tool",
    source: "otlp",
    trace_id: "0".repeat(31) + "1",
    span_id: "0".repeat(15) + "2",
    parent_span_id: "0".repeat(15) + "1",
    name: "execute_tool get_weather",
    session: "s-1",
    started_at_ms: NOON + 0.25,
    duration_ms: 3.5,
    who: WHO,
    service: { name: "shop", version: "1", environment: "production", release: null },
    scope: { name: "test", version: "1", schema_url: "" },
    dialect: "gen_ai",
    operation: "execute_tool",
    tool: { name: "get_weather", call_id: "c1" },
    attributes: { "app.nested": { deep: [1, "é", null] } },
  };
}
