// Where a request of a dialect goes at a vendor, and how the credential is shown there.
import type { DialectName } from "../contract.ts";

interface Wire {
  /** Goes on where the vendor's base_url ends. */
  path(model: string, stream: boolean): string;
  headers(apiKey: string | undefined): Record<string, string>;
}

const JSON_ONLY = { "content-type": "application/json" };

const bearer = (apiKey: string | undefined): Record<string, string> =>
  apiKey === undefined ? { ...JSON_ONLY } : { ...JSON_ONLY, authorization: `Bearer ${apiKey}` };

const wires: Record<DialectName, Wire> = {
  "openai-chat": { path: () => "/chat/completions", headers: bearer },
  "openai-responses": { path: () => "/responses", headers: bearer },
  "anthropic-messages": {
    path: () => "/v1/messages",
    headers: (apiKey) => ({
      ...JSON_ONLY,
      "anthropic-version": "2023-06-01",
      ...(apiKey !== undefined && { "x-api-key": apiKey }),
    }),
  },
  gemini: {
    path: (model, stream) =>
      `/v1beta/models/${encodeURIComponent(model)}:${stream ? "streamGenerateContent?alt=sse" : "generateContent"}`,
    headers: (apiKey) => ({ ...JSON_ONLY, ...(apiKey !== undefined && { "x-goog-api-key": apiKey }) }),
  },
  "bedrock-converse": {
    path: (model, stream) => `/model/${encodeURIComponent(model)}/${stream ? "converse-stream" : "converse"}`,
    headers: bearer,
  },
  "cohere-chat": { path: () => "/v2/chat", headers: bearer },
};

export function wireOf(dialect: DialectName): Wire {
  return wires[dialect];
}
