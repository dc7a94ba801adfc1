// Vercel's AI SDK as it traced before it spoke OpenTelemetry's names (`LegacyOpenTelemetry`, `experimental_telemetry`).
// `ai.generateText` and its like are the whole of what the SDK did, steps and tools within, and repeat the usage of
// their `…doGenerate` spans: these alone are calls.
import type { SpanKind } from "../../../ledger/contract.ts";
import { type Dialect, lookUp, textOf } from "./dialect.ts";

/** By `ai.operationId`. */
export const vercelOperations: Readonly<Record<string, { kind: SpanKind; operation: string | null }>> = {
  "ai.generateText": { kind: "agent", operation: "invoke_agent" },
  "ai.streamText": { kind: "agent", operation: "invoke_agent" },
  "ai.generateObject": { kind: "agent", operation: "invoke_agent" },
  "ai.streamObject": { kind: "agent", operation: "invoke_agent" },
  "ai.workflowAgent.stream": { kind: "agent", operation: "invoke_agent" },
  "ai.generateText.doGenerate": { kind: "call", operation: "chat" },
  "ai.streamText.doStream": { kind: "call", operation: "chat" },
  "ai.generateObject.doGenerate": { kind: "call", operation: "chat" },
  "ai.streamObject.doStream": { kind: "call", operation: "chat" },
  "ai.embed": { kind: "step", operation: null },
  "ai.embedMany": { kind: "step", operation: null },
  "ai.embed.doEmbed": { kind: "embedding", operation: "embeddings" },
  "ai.embedMany.doEmbed": { kind: "embedding", operation: "embeddings" },
  "ai.rerank": { kind: "step", operation: null },
  "ai.rerank.doRerank": { kind: "rerank", operation: "rerank" },
  "ai.toolCall": { kind: "tool", operation: "execute_tool" },
  "ai.generateSpeech": { kind: "call", operation: "speech" },
  "ai.transcribe": { kind: "call", operation: "transcription" },
};

export const vercelAi: Dialect = {
  name: "vercel_ai",
  decide({ said, name }) {
    const operation = textOf(said, "ai.operationId") ?? (name.startsWith("ai.") ? name.split(" ", 1)[0] : undefined);
    if (operation === undefined) return undefined;
    return lookUp(vercelOperations, operation);
  },
};
