// A caller's request as it came: its bytes, and the little that the gateway must know of it before it knows who will answer.
import type { ChatRequest, DialectName } from "../contract.ts";
import { dialectOf } from "../formats/dialects.ts";
import { isObject, missing, wrongType } from "../formats/fields.ts";
import { checkChatBody } from "../formats/openai-chat/index.ts";

export interface CallerRequest {
  dialect: DialectName;
  /** The body, as it was sent. */
  text: string;
  model: string;
  stream: boolean;
  /** Chat-completions: the caller wants the usage event at the end of the stream. */
  includeUsage: boolean;
}

/** What a dialect says in its address, not in its body. */
export interface SaidInAddress {
  model: string;
  stream: boolean;
}

/** Checks what the gateway itself relies on; the vendor judges the rest. Throws `providers.bad_request`. */
export function checkRequest(
  dialect: DialectName,
  { text, body, address }: { text: string; body: unknown; address?: SaidInAddress },
): CallerRequest {
  if (dialect === "openai-chat") return { dialect, text, ...checkChatBody(body) };
  if (!isObject(body)) throw wrongType("", "a JSON object", body);
  if (address) return { dialect, text, ...address, includeUsage: false };
  const { model, stream } = body;
  if (model === undefined || model === null)
    throw missing("model", "the name of a route or a model; GET /v1/models lists them");
  if (typeof model !== "string" || model === "") throw wrongType("model", "a non-empty string", model);
  if (stream !== undefined && stream !== null && typeof stream !== "boolean")
    throw wrongType("stream", "true or false", stream);
  return { dialect, text, model, stream: stream === true, includeUsage: false };
}

/** The whole of it in canonical form, for a vendor of another dialect. Throws `providers.bad_request`. */
export function readRequest({ dialect, text, model, stream }: CallerRequest): ChatRequest {
  const body = JSON.parse(text) as object;
  // Where they stand in the address, the dialect finds them beside the rest.
  return dialectOf(dialect).caller.readRequest(dialect === "gemini" ? { ...body, model, stream } : body);
}
