// A caller's request as it came: its bytes, and the little that the gateway must know of it before it knows who will answer.
import type { AnswerHeaders } from "../../kernel/index.ts";
import type { ChatRequest, DialectName } from "../contract.ts";
import type { Operation } from "../operations/operation.ts";
import { dialectOf } from "../formats/dialects.ts";
import { isObject, missing, wrongType } from "../formats/fields.ts";
import { type PromptCall, readPromptCall } from "../reshaping/prompt-call.ts";
import { checkChatBody } from "../formats/openai-chat/index.ts";

export interface CallerRequest {
  operation: Operation;
  /** What the caller speaks; of what is no chat, whose errors it knows. */
  dialect: DialectName;
  /** The body, as it was sent; of a form, its fields as JSON. */
  text: string;
  /** With its files, where it was sent as a form. */
  form?: FormData;
  /** A request to one vendor in that vendor's own words, whatever they are. */
  native?: NativeRequest;
  /** Of the format that the caller uses, where that is not the latest. */
  version?: 1;
  model: string;
  stream: boolean;
  /** Chat-completions: the caller wants the usage event at the end of the stream. */
  includeUsage: boolean;
  framing?: "array";
  /** A prompt that is to be filled in first; until then `model` may be empty, and messages need not be there. */
  prompt?: PromptCall;
  /** Headers that a vendor of the same dialect should see too. */
  headers?: Record<string, string>;
}

export interface NativeRequest {
  vendor: string;
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  /** None for GET. */
  body: Uint8Array | undefined;
}

/** What a client asks of its own vendor by header: its version of the API, features that are not in it yet, on whose behalf. */
export const forwardedHeaders = [
  "anthropic-version",
  "anthropic-beta",
  "anthropic-user-profile-id",
  "openai-beta",
] as const;

/** What a dialect says in its address, not in its body. */
export interface SaidInAddress {
  model: string;
  stream: boolean;
  /** Gemini's streams are one JSON array, unless the address asks for events. */
  framing?: "array";
}

export interface Said {
  operation?: "chat" | "count_tokens";
  text: string;
  body: unknown;
  address?: SaidInAddress;
  headers: AnswerHeaders;
}

/** Checks what the gateway itself relies on; the vendor judges the rest. Throws `providers.bad_request`. */
export function checkRequest(dialect: DialectName, said: Said): CallerRequest {
  const prompt = readPromptCall(dialect, said.body, said.headers);
  return prompt ? checkPrompted(dialect, said, prompt) : checkPlain(dialect, said);
}

function checkPlain(dialect: DialectName, { operation = "chat", text, body, ...said }: Said): CallerRequest {
  if (dialect === "openai-chat") return { operation: "chat", dialect, text, ...checkChatBody(body) };
  const headers = forwardedOf(said.headers);
  if (!isObject(body)) throw wrongType("", "a JSON object", body);
  if (said.address) return { operation, dialect, text, ...said.address, includeUsage: false, headers };
  const { model, stream } = body;
  if (model === undefined || model === null)
    throw missing("model", "the name of a route or a model; GET /v1/models lists them");
  if (typeof model !== "string" || model === "") throw wrongType("model", "a non-empty string", model);
  if (stream !== undefined && stream !== null && typeof stream !== "boolean")
    throw wrongType("stream", "true or false", stream);
  const isStream = dialectOf(dialect).caller.streamsUnasked ? stream !== false : stream === true;
  return { operation, dialect, text, model, stream: isStream, includeUsage: false, headers };
}

/** The rest of it is checked as if the prompt had brought a message, and a model where there is none. */
function checkPrompted(dialect: DialectName, said: Said, prompt: PromptCall): CallerRequest {
  const { body } = said;
  if (!isObject(body)) return checkPlain(dialect, said);
  const { model, messages } = body;
  const isOpen = !said.address && (model === undefined || model === null || model === "");
  const isBare =
    dialect === "openai-chat" && (messages === undefined || (Array.isArray(messages) && messages.length === 0));
  const filled = { ...body, ...(isOpen && { model: "-" }), ...(isBare && { messages: [{ role: "user" }] }) };
  const request = checkPlain(dialect, { ...said, body: filled });
  return { ...request, prompt, ...(isOpen && { model: "" }) };
}

function forwardedOf(headers: AnswerHeaders): Record<string, string> {
  const forwarded: Record<string, string> = {};
  for (const name of forwardedHeaders) {
    const value = headers.get(name);
    if (value !== null) forwarded[name] = value;
  }
  return forwarded;
}

/** The whole of it in canonical form, for a vendor of another dialect. Throws `providers.bad_request`. */
export function readRequest(request: CallerRequest): ChatRequest {
  return dialectOf(request.dialect).caller.readRequest(bodyOf(request));
}

/** The same of a request whose tokens are to be counted. */
export function readCountRequest(request: CallerRequest): ChatRequest {
  const { counting, readRequest: readWhole } = dialectOf(request.dialect).caller;
  return (counting?.readRequest ?? readWhole)(bodyOf(request));
}

function bodyOf({ dialect, text, model, stream }: CallerRequest): object {
  const body = JSON.parse(text) as object;
  // Where they stand in the address, the dialect finds them beside the rest.
  return dialect === "gemini" || dialect === "bedrock-converse" ? { ...body, model, stream } : body;
}
