// The canonical model: what a chat request and its answer say, in no vendor's words. Dialects translate to and from it;
// where caller and vendor speak the same dialect the bytes pass through and this is only read beside them.
import { oc } from "@orpc/contract";
import { z } from "zod";

/** The dialects, as the record and the response headers name them. */
export type DialectName =
  | "openai-chat"
  | "openai-responses"
  | "anthropic-messages"
  | "gemini"
  | "bedrock-converse"
  | "cohere-chat"
  | "ollama-chat";

/**
 * Parts of a message. Media is a URL (`https:` or `data:`) as the caller gave it, or a `file_id` that the vendor knows.
 * `extra` keeps what a dialect said beyond this, under its own names; only that dialect can say it again.
 */
export type Part =
  | { type: "text"; text: string; citations?: Citation[]; cache?: CacheMark; extra?: Extra }
  | { type: "image"; url: string; file_id?: string; detail?: string; cache?: CacheMark; extra?: Extra }
  /** Base64, and `wav`, `mp3`, …. */
  | { type: "audio"; data: string; format: string; extra?: Extra }
  | { type: "video"; url: string; media_type?: string; extra?: Extra }
  /** `data` is a `data:` URL or bare base64, as the caller gave it. */
  | {
      type: "file";
      file_id?: string;
      filename?: string;
      data?: string;
      url?: string;
      media_type?: string;
      cache?: CacheMark;
      extra?: Extra;
    }
  | { type: "refusal"; text: string; extra?: Extra }
  /**
   * `redacted` is reasoning that only its vendor can read; then `text` is empty or a summary. Both it and `signature` go back
   * as they came, to a vendor of the dialect in `sealed_by` (the request's own where nothing is said) and to no other.
   */
  | {
      type: "reasoning";
      text: string;
      id?: string;
      signature?: string;
      redacted?: string;
      sealed_by?: DialectName;
      extra?: Extra;
    }
  /** A tool that ran at the vendor (web search, code execution), and what it gave. */
  | { type: "server_tool_call"; id: string; name: string; input: unknown; extra?: Extra }
  | { type: "server_tool_result"; call_id: string; name: string; content: unknown; extra?: Extra }
  /** A part without a canonical word: the whole of it, as the caller gave it. */
  | { type: "other"; extra: Extra };

/** Where a vendor may keep what came so far, to read it cheaper the next time. */
export interface CacheMark {
  ttl: "5m" | "1h";
}

/** What a text rests on. `start` and `end` count characters in that text. */
export interface Citation {
  url?: string;
  title?: string;
  quote?: string;
  start?: number;
  end?: number;
  extra?: Extra;
}

export type Extra = Record<string, unknown>;

export interface ToolCall {
  id: string;
  name: string;
  /** JSON text as the model wrote it; it need not parse. */
  arguments: string;
  extra?: Extra;
}

export interface Message {
  role: "system" | "developer" | "user" | "assistant" | "tool";
  parts: Part[];
  name?: string;
  tool_calls?: ToolCall[];
  /** For role `tool`: the call that it answers, and whether the tool failed. */
  tool_call_id?: string;
  is_error?: boolean;
  extra?: Extra;
}

/** A function of the caller's; or, with `server`, a tool that runs at the vendor, described by `extra` in its dialect's words. */
export interface ToolDefinition {
  name: string;
  server?: true;
  cache?: CacheMark;
  description?: string;
  /** JSON schema. */
  parameters?: Record<string, unknown>;
  strict?: boolean;
  extra?: Extra;
}

export type ToolChoice = "auto" | "none" | "required" | { name: string };

export type ResponseFormat =
  | { type: "text" }
  | { type: "json" }
  | { type: "json_schema"; name: string; schema: Record<string, unknown>; strict?: boolean; description?: string };

/** How much to think: in words (`minimal` to `high`), in tokens, or not at all; and whether to tell. */
export interface Reasoning {
  effort?: string;
  budget_tokens?: number;
  disabled?: true;
  /** How to tell of it: `auto`, `concise`, `detailed`; `none` to keep it to itself. */
  summary?: string;
}

export interface ChatRequest {
  model: string;
  /** Whose names stand in every `extra` of this request. */
  dialect: DialectName;
  messages: Message[];
  stream: boolean;
  max_output_tokens?: number;
  temperature?: number;
  top_p?: number;
  top_k?: number;
  stop?: string[];
  seed?: number;
  presence_penalty?: number;
  frequency_penalty?: number;
  choices?: number;
  tools?: ToolDefinition[];
  tool_choice?: ToolChoice;
  parallel_tool_calls?: boolean;
  response_format?: ResponseFormat;
  reasoning?: Reasoning;
  /** Log probabilities of the tokens, and of how many alternatives each. */
  logprobs?: { top: number };
  service_tier?: string;
  /** The caller's own words about the call, for the vendor's books. */
  metadata?: Record<string, string>;
  user?: string;
  /** Parameters that the canonical model has no word for, under the dialect's own names. */
  extra?: Extra;
}

/** `pause`: the vendor wants the answer sent back to go on with it. */
export type FinishReason = "stop" | "length" | "tool_calls" | "content_filter" | "refusal" | "pause" | "other";

export interface Usage {
  /** All input, cache reads and writes included. */
  input: number;
  /** All output, reasoning included. */
  output: number;
  cache_read: number;
  cache_write: number;
  /** Of the cache writes, those kept for an hour; they cost more. */
  cache_write_1h?: number;
  reasoning: number;
  /** Of input and output, what was sound or picture. */
  audio_input?: number;
  audio_output?: number;
  /** Of the cache reads, what was sound. */
  audio_cache_read?: number;
  image_input?: number;
  image_output?: number;
  /** Uses of tools at the vendor, by name: `web_search`. */
  server_tools?: Record<string, number>;
  /** The tier that the vendor says it was served in. */
  service_tier?: string;
  /** The vendor's own numbers, as it sent them. */
  raw?: Extra;
}

/**
 * What an answer says, bit by bit. A whole JSON answer is the same events at once. `choice` counts from 0. The order of the
 * events is the order of the answer's parts: text after reasoning after text begins another text.
 */
export type ChatEvent =
  | { type: "start"; id: string; model: string; created_s: number; extra?: Extra }
  | { type: "text"; choice: number; text: string }
  | { type: "refusal"; choice: number; text: string }
  | { type: "reasoning"; choice: number; text: string; id?: string }
  /** The vendor's seal on the reasoning so far; it ends that part. Before a tool call it may stand without any text. */
  | { type: "reasoning_signature"; choice: number; signature: string }
  /** Of the text so far. */
  | { type: "citation"; choice: number; citation: Citation }
  /** A part that comes whole: redacted reasoning, a picture, a tool's call or result at the vendor. */
  | { type: "part"; choice: number; part: Part }
  | { type: "tool_call_start"; choice: number; index: number; id: string; name: string; extra?: Extra }
  | { type: "tool_call_arguments"; choice: number; index: number; text: string }
  /** What a dialect said beyond this: of the message, of its choice, or of the whole answer (then `choice` is 0). */
  | { type: "extra"; choice: number; place: "message" | "choice" | "answer"; extra: Extra }
  | { type: "finish"; choice: number; reason: FinishReason; raw_reason: string; stop_sequence?: string }
  | { type: "usage"; usage: Usage }
  | { type: "error"; message: string; code: string | null; raw?: Extra }
  | { type: "end" };

export const modelSchema = z.object({
  id: z.string().describe("what callers write as `model`"),
  vendor: z.string().nullable().describe("null for a route over several vendors"),
  kind: z.enum(["route", "model"]),
  targets: z.array(z.string()),
  priced: z.boolean(),
  input_usd_per_million: z.number().nullable(),
  output_usd_per_million: z.number().nullable(),
  context_tokens: z.number().int().nullable(),
  output_tokens_max: z.number().int().nullable(),
  capabilities: z.array(z.string()).describe("tools, vision, json_schema, reasoning … as far as known"),
});
export type ModelView = z.infer<typeof modelSchema>;

export const vendorSchema = z.object({
  name: z.string(),
  dialects: z.array(z.string()).describe("what it can be spoken to in, the best first"),
  base_url: z.string(),
  found_by: z.string().describe("config, the environment variable, or the probe that found it"),
});
export type VendorView = z.infer<typeof vendorSchema>;

export const providersContract = {
  models: oc
    .route({
      method: "GET",
      path: "/models",
      summary: "Models that can be called, with prices and capabilities",
      tags: ["Models"],
    })
    .input(
      z.object({
        search: z.string().optional(),
        limit: z.coerce.number().int().min(1).max(1000).default(200),
        callable: z
          .enum(["true", "false"])
          .default("false")
          .describe("those alone that whoever asks may call, as far as that is known before they say what for"),
      }),
    )
    .output(z.object({ models: z.array(modelSchema), total: z.number().int() })),
  vendors: oc
    .route({ method: "GET", path: "/vendors", summary: "Vendors that are configured or were found", tags: ["Models"] })
    .output(z.object({ vendors: z.array(vendorSchema) })),
};
