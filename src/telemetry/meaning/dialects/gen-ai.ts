// OpenTelemetry's conventions for generative AI, in their four generations: by the operation's name where there is one; the
// earliest had none, and are known by a model that was asked.
import type { SpanKind } from "../../../ledger/contract.ts";
import { type Dialect, lookUp, operationOf, textOf } from "./dialect.ts";

/** By `gen_ai.operation.name`; the last rows are no convention's but are met. */
export const genAiOperations: Readonly<Record<string, SpanKind>> = {
  chat: "call",
  generate_content: "call",
  text_completion: "call",
  embeddings: "embedding",
  retrieval: "retrieval",
  create_agent: "agent",
  invoke_agent: "agent",
  execute_tool: "tool",
  invoke_workflow: "run",
  plan: "step",
  create_memory_store: "memory",
  delete_memory_store: "memory",
  create_memory: "memory",
  update_memory: "memory",
  upsert_memory: "memory",
  search_memory: "memory",
  delete_memory: "memory",
  completion: "call",
  generate: "call",
  responses: "call",
  image_generation: "call",
  speech: "call",
  transcription: "call",
  embedding: "embedding",
  rerank: "rerank",
  agent_step: "step",
  task: "step",
  handoff: "step",
  workflow: "run",
  guardrail: "guardrail",
  "guardrail.run": "guardrail",
  evaluate: "score",
  evaluation: "score",
};

export const genAi: Dialect = {
  name: "gen_ai",
  decide({ said }) {
    const operation = textOf(said, "gen_ai.operation.name");
    const kind = operation === undefined ? undefined : lookUp(genAiOperations, operation);
    return kind && operation !== undefined ? { kind, operation } : undefined;
  },
};

/** Spans without an operation, after every other dialect has passed them on. */
export const genAiWithoutOperation: Dialect = {
  name: "gen_ai",
  decide({ said }) {
    const operation = textOf(said, "gen_ai.operation.name") ?? null;
    const kind = kindBySigns((name) => textOf(said, name) !== undefined);
    return kind && { kind, operation: operation ?? operationOf[kind] };
  },
};

function kindBySigns(has: (name: string) => boolean): SpanKind | undefined {
  if (has("gen_ai.evaluation.name")) return "score";
  if (has("gen_ai.tool.name") || has("gen_ai.tool.call.id")) return "tool";
  if (has("gen_ai.request.model") || has("gen_ai.response.model")) return "call";
  if (has("gen_ai.agent.name") || has("gen_ai.agent.id") || has("agent_name")) return "agent";
  if (has("gen_ai.workflow.name")) return "run";
  if (has("gen_ai.data_source.id") || has("gen_ai.retrieval.query.text")) return "retrieval";
  if (has("gen_ai.system") || has("gen_ai.provider.name")) return "step";
  return undefined;
}
