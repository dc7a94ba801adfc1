// OpenInference (Arize Phoenix): one attribute says the kind.
import type { SpanKind } from "../../../ledger/contract.ts";
import { type Dialect, lookUp, operationOf, textOf } from "./dialect.ts";

/** By `openinference.span.kind`. */
export const openInferenceKinds: Readonly<Record<string, SpanKind>> = {
  LLM: "call",
  EMBEDDING: "embedding",
  RERANKER: "rerank",
  RETRIEVER: "retrieval",
  TOOL: "tool",
  AGENT: "agent",
  CHAIN: "step",
  GUARDRAIL: "guardrail",
  EVALUATOR: "score",
  PROMPT: "prompt",
};

export const openInference: Dialect = {
  name: "openinference",
  decide({ said }) {
    const word = textOf(said, "openinference.span.kind");
    const kind = word === undefined ? undefined : lookUp(openInferenceKinds, word.toUpperCase());
    if (kind) return { kind, operation: operationOf[kind] };
    if (textOf(said, "llm.model_name") !== undefined) return { kind: "call", operation: "chat" };
    return undefined;
  },
};
