// Where a request of a dialect goes at a vendor, and what every request of it says in its headers.
import type { DialectName } from "../contract.ts";
import { INVOKE_VERSION } from "../formats/bedrock-invoke/index.ts";

export interface Wire {
  /** Goes on where the vendor's base_url ends. */
  path(model: string, stream: boolean): string;
  /** Such an end of the base_url is left out first: it leads to another dialect. */
  leaves?: string;
  /** The same for counting a request's tokens; undefined where the vendor does not count this model's. */
  countPath?(model: string): string | undefined;
  headers?: Record<string, string>;
  /** The model stands in the address; in its place the body names the version of the API, as `anthropic_version`. */
  version?: string;
  /** Amazon's way to speak to a model in its maker's words: formats/bedrock-invoke. */
  isInvoked?: true;
}

/** Clouds that offer dialects of others at addresses of their own. */
export type Cloud = "vertex" | "bedrock";

const wires: Record<DialectName, Wire> = {
  "openai-chat": { path: () => "/chat/completions" },
  "openai-responses": { path: () => "/responses", countPath: () => "/responses/input_tokens" },
  "anthropic-messages": {
    path: () => "/v1/messages",
    countPath: () => "/v1/messages/count_tokens",
    headers: { "anthropic-version": "2023-06-01" },
  },
  gemini: { path: geminiPath, countPath: geminiCountPath },
  "bedrock-converse": {
    path: (model, stream) => `/model/${encodeURIComponent(model)}/${stream ? "converse-stream" : "converse"}`,
    countPath: bedrockCountPath,
  },
  "cohere-chat": { path: () => "/v2/chat" },
  "ollama-chat": { path: () => "/api/chat", leaves: "/v1" },
};

const clouds: Record<Cloud, Partial<Record<DialectName, Wire>>> = {
  bedrock: {
    "anthropic-messages": {
      path: (model, stream) =>
        `/model/${encodeURIComponent(model)}/${stream ? "invoke-with-response-stream" : "invoke"}`,
      version: INVOKE_VERSION,
      isInvoked: true,
    },
  },
  vertex: {
    gemini: {
      path: (model, stream) => `/publishers/google${geminiPath(model, stream)}`,
      countPath: (model) => `/publishers/google${geminiCountPath(model)}`,
    },
    "anthropic-messages": {
      path: (model, stream) =>
        `/publishers/anthropic/models/${encodeURIComponent(model)}:${stream ? "streamRawPredict" : "rawPredict"}`,
      version: "vertex-2023-10-16",
    },
  },
};

function geminiPath(model: string, stream: boolean): string {
  return `/models/${encodeURIComponent(model)}:${stream ? "streamGenerateContent?alt=sse" : "generateContent"}`;
}

function geminiCountPath(model: string): string {
  return `/models/${encodeURIComponent(model)}:countTokens`;
}

/** Bedrock counts Claude's tokens alone, and knows the model there without the region that stands before its name. */
function bedrockCountPath(model: string): string | undefined {
  const [bare] = /anthropic\.claude.*$/.exec(model) ?? [];
  return bare === undefined ? undefined : `/model/${encodeURIComponent(bare)}/count-tokens`;
}

export function wireOf(dialect: DialectName, cloud?: Cloud): Wire {
  return (cloud && clouds[cloud][dialect]) ?? wires[dialect];
}
