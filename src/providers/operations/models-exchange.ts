// The question that every vendor answers for nothing: which models it has. Whether it is there, and takes our key, is all that is
// wanted to know.
import { type Exchange, JSON_TYPE, neverStreamed } from "../exchange/exchange.ts";
import { noFacts } from "../passthrough/answer-facts.ts";
import type { DialectName } from "../contract.ts";
import type { Target } from "../target.ts";
import { wireOf } from "../vendors/index.ts";

/** Where each dialect's inventor lists models, and imitators too; Amazon does so at another host. */
const lists: Partial<Record<DialectName, { path: string; leaves?: string }>> = {
  "openai-chat": { path: "/models" },
  "openai-responses": { path: "/models" },
  "anthropic-messages": { path: "/v1/models" },
  gemini: { path: "/models" },
  "cohere-chat": { path: "/v1/models" },
  "ollama-chat": { path: "/api/tags", leaves: "/v1" },
};

/** Undefined where the vendor has no such list. */
export function createModelsExchange({ vendor, model }: Target): Exchange | undefined {
  const [dialect] = vendor.dialectsOf(model);
  const list = dialect && !vendor.cloud && lists[dialect];
  if (!dialect || !list) return undefined;
  return {
    dialect,
    ...list,
    method: "GET",
    body: undefined,
    headers: wireOf(dialect).headers ?? {},
    isStreamed: () => false,
    dropped: [],
    readWhole(text) {
      const body: unknown = JSON.parse(text);
      return typeof body === "object" && body !== null ? { text, mediaType: JSON_TYPE, facts: noFacts() } : undefined;
    },
    createMeter: neverStreamed,
  };
}
