// The canonical model: what a chat request and its answer say, in no vendor's words. Dialects translate to and from it;
// where caller and vendor speak the same dialect the bytes pass through and this is only read beside them.
import { oc } from "@orpc/contract";
import { z } from "zod";

/** Parts of a message. Media is a URL (`https:` or `data:`) as the caller gave it. `extra` keeps what a dialect said beyond this, under its own names. */
export type Part =
  | { type: "text"; text: string; extra?: Extra }
  | { type: "image"; url: string; detail?: string; extra?: Extra }
  | { type: "audio"; data: string; format: string; extra?: Extra }
  | { type: "file"; file_id?: string; filename?: string; data?: string; extra?: Extra }
  | { type: "refusal"; text: string; extra?: Extra }
  | { type: "reasoning"; text: string; signature?: string; extra?: Extra }
  /** A part without a canonical word: the whole of it, as the caller gave it. */
  | { type: "other"; extra: Extra };

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
  /** For role `tool`: the call that it answers. */
  tool_call_id?: string;
  extra?: Extra;
}

export interface ToolDefinition {
  name: string;
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

export interface ChatRequest {
  model: string;
  messages: Message[];
  stream: boolean;
  max_output_tokens?: number;
  temperature?: number;
  top_p?: number;
  stop?: string[];
  seed?: number;
  presence_penalty?: number;
  frequency_penalty?: number;
  choices?: number;
  tools?: ToolDefinition[];
  tool_choice?: ToolChoice;
  parallel_tool_calls?: boolean;
  response_format?: ResponseFormat;
  reasoning_effort?: string;
  user?: string;
  /** Parameters that the canonical model has no word for, under the dialect's own names. */
  extra?: Extra;
}

export type FinishReason = "stop" | "length" | "tool_calls" | "content_filter" | "other";

export interface Usage {
  /** All input, cache reads and writes included. */
  input: number;
  /** All output, reasoning included. */
  output: number;
  cache_read: number;
  cache_write: number;
  reasoning: number;
  /** The vendor's own numbers, as it sent them. */
  raw?: Extra;
}

/** What an answer says, bit by bit. A whole JSON answer is the same events at once. `choice` counts from 0. */
export type ChatEvent =
  | { type: "start"; id: string; model: string; created_s: number; extra?: Extra }
  | { type: "text"; choice: number; text: string }
  | { type: "refusal"; choice: number; text: string }
  | { type: "reasoning"; choice: number; text: string }
  | { type: "tool_call_start"; choice: number; index: number; id: string; name: string; extra?: Extra }
  | { type: "tool_call_arguments"; choice: number; index: number; text: string }
  /** What a dialect said beyond this: of the message, of its choice, or of the whole answer (then `choice` is 0). */
  | { type: "extra"; choice: number; place: "message" | "choice" | "answer"; extra: Extra }
  | { type: "finish"; choice: number; reason: FinishReason; raw_reason: string }
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
  dialect: z.string(),
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
    .input(z.object({ search: z.string().optional(), limit: z.coerce.number().int().min(1).max(1000).default(200) }))
    .output(z.object({ models: z.array(modelSchema), total: z.number().int() })),
  vendors: oc
    .route({ method: "GET", path: "/vendors", summary: "Vendors that are configured or were found", tags: ["Models"] })
    .output(z.object({ vendors: z.array(vendorSchema) })),
};
