// Where a request of a dialect goes at a vendor, and what every request of it says in its headers.
import type { DialectName } from "../contract.ts";

interface Wire {
  /** Goes on where the vendor's base_url ends. */
  path(model: string, stream: boolean): string;
  headers?: Record<string, string>;
}

const wires: Record<DialectName, Wire> = {
  "openai-chat": { path: () => "/chat/completions" },
  "openai-responses": { path: () => "/responses" },
  "anthropic-messages": { path: () => "/v1/messages", headers: { "anthropic-version": "2023-06-01" } },
  gemini: {
    path: (model, stream) =>
      `/v1beta/models/${encodeURIComponent(model)}:${stream ? "streamGenerateContent?alt=sse" : "generateContent"}`,
  },
  "bedrock-converse": {
    path: (model, stream) => `/model/${encodeURIComponent(model)}/${stream ? "converse-stream" : "converse"}`,
  },
  "cohere-chat": { path: () => "/v2/chat" },
};

export function wireOf(dialect: DialectName): Wire {
  return wires[dialect];
}
