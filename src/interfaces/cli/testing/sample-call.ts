// A call as the API gives it, for tests: two attempts, the second answered. Tests change what they are about.
import type { Attempt, CallDetail, CallSummary } from "../../../ledger/contract.ts";

export const CALL_ID = "019aa1b2-c3d4-7000-8000-8f2c61d09a4b";

const failed: Attempt = {
  target: "openai/gpt-4o",
  vendor: "openai",
  model: "gpt-4o",
  reason: "first of the route",
  started_after_ms: 0,
  duration_ms: 250,
  first_byte_ms: 240,
  status: 503,
  outcome: "error",
  error: { code: "providers.unavailable", message: "The vendor is overloaded." },
};

const answered: Attempt = {
  target: "openai/gpt-4o-mini",
  vendor: "openai",
  model: "gpt-4o-mini",
  reason: "the one before failed",
  started_after_ms: 250,
  duration_ms: 750,
  first_byte_ms: 250,
  status: 200,
  outcome: "ok",
  error: null,
};

export function sampleCall(changes: Partial<CallDetail> = {}): CallDetail {
  return {
    id: CALL_ID,
    kind: "call",
    schema: 1,
    trace_id: "0af7651916cd43dd8448eb211c80319c",
    span_id: "b7ad6b7169203331",
    parent_span_id: null,
    session: null,
    started_at_ms: new Date(2026, 10, 21, 14, 3, 22).getTime(),
    who: { key_id: "0aB1cD2eF3gH", key_name: "ci", user: "ada", team: "compilers", project: null, tags: ["nightly"] },
    authority: { policy: "keys", rule: "scope call" },
    operation: "chat",
    dialect: "openai-chat",
    model: "fast",
    stream: true,
    route: { name: "fast", strategy: "in order", reason: "named by the caller" },
    considered: [
      { target: "openai/gpt-4o", chosen: true, reason: "first of the route" },
      { target: "openai/gpt-4o-mini", chosen: true, reason: "second of the route" },
      { target: "ollama/llama3", chosen: false, reason: "answered before its turn" },
    ],
    attempts: [failed, answered],
    answer: {
      target: "openai/gpt-4o-mini",
      vendor: "openai",
      model: "gpt-4o-mini-2024-07-18",
      response_id: "chatcmpl-123",
      finish_reason: "stop",
    },
    tokens: { input: 1234, output: 56, cache_read: 1000, cache_write: 0, reasoning: 0, source: "vendor" },
    cost: { usd_micros: 219, price_version: "2026-11-01" },
    timings: { total_ms: 1000, overhead_ms: 0.4, first_token_ms: 500, per_output_token_ms: 9 },
    cache: "off",
    guardrails: [],
    dropped: [],
    outcome: "ok",
    status: 200,
    error: null,
    bodies: {
      request: { hash: "aa", media_type: "application/json", size_bytes: 20, stored_bytes: 20 },
      response: null,
    },
    request_body: { media_type: "application/json", size_bytes: 20, cut: false, text: '{"model":"fast"}' },
    response_body: null,
    messages: [
      { role: "user", text: "Why is the sky blue?", tool_calls: [] },
      { role: "assistant", text: "Rayleigh scattering.\nShort waves scatter more.", tool_calls: [] },
    ],
    ...changes,
  };
}

export function summaryOf(call: CallDetail): CallSummary {
  const { id, started_at_ms, who, model, stream, route, answer, tokens, cost, timings, outcome, status, error } = call;
  return { id, started_at_ms, who, model, stream, route, answer, tokens, cost, timings, outcome, status, error };
}
