// A span of which nothing is known but that it was: whoever makes one says what there is to say.
import type { SpanRecord } from "../contract.ts";

export function blankSpan() {
  return {
    schema: 1,
    links: [],
    span_kind: "internal",
    session: null,
    duration_ms: 0,
    dialect: "none",
    operation: null,
    vendor: null,
    model: null,
    answer_model: null,
    fingerprint: null,
    response_id: null,
    finish_reason: null,
    stream: null,
    agent: null,
    tool: null,
    prompt: null,
    retrieval: null,
    score: null,
    tokens: null,
    cost: null,
    first_token_ms: null,
    outcome: "ok",
    error: null,
    severity: null,
    attributes: {},
    events: [],
    cut: [],
    bodies: { request: null, response: null },
  } satisfies Partial<SpanRecord>;
}
