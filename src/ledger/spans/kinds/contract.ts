// The kinds of spans: names alone, for whoever needs no schemas.

/**
 * What a span is. `call`, `embedding` and `rerank` asked a model; `run` is a workflow, `step` a part of one (chains and
 * tasks too), `score` a judgement of another record, `log` a line that was logged; `span` is all the rest.
 */
export const spanKinds = [
  "call",
  "embedding",
  "rerank",
  "tool",
  "agent",
  "run",
  "step",
  "retrieval",
  "memory",
  "guardrail",
  "score",
  "prompt",
  "log",
  "span",
] as const;
export type SpanKind = (typeof spanKinds)[number];
