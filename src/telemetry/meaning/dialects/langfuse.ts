// Langfuse's own attributes, which its SDK sets where a program says what an observation is: they come before all others.
// A plain `span` leaves the word to the other dialects.
import type { SpanKind } from "../../../ledger/contract.ts";
import { type Dialect, lookUp, operationOf, textOf } from "./dialect.ts";

/** By `langfuse.observation.type`. */
export const observationTypes: Readonly<Record<string, SpanKind>> = {
  generation: "call",
  embedding: "embedding",
  agent: "agent",
  tool: "tool",
  chain: "step",
  retriever: "retrieval",
  guardrail: "guardrail",
  evaluator: "score",
};

export const langfuse: Dialect = {
  name: "langfuse",
  decide({ said }) {
    const type = textOf(said, "langfuse.observation.type");
    const kind = type === undefined ? undefined : lookUp(observationTypes, type.toLowerCase());
    return kind && { kind, operation: operationOf[kind] };
  },
};

/** What is left to it when no other dialect knows the span. */
export const langfuseSpan: Dialect = {
  name: "langfuse",
  decide: ({ said }) =>
    textOf(said, "langfuse.observation.type") === undefined ? undefined : { kind: "span", operation: null },
};
