// Errors in this dialect, both ways: ours as OpenAI's SDKs expect them, and a vendor's error body, whatever its shape,
// into its message and code.
import type { AppError } from "../../../kernel/index.ts";
import { isObject } from "../fields.ts";

export interface OpenAiError {
  message: string;
  type: string;
  param: string | null;
  code: string | null;
}

const MESSAGE_LENGTH_MAX = 2000;

// The SDKs choose their error class by status alone, but programs look at `code`, so the names they know are kept.
const CODES_BY_NAME = new Map([
  ["unknown_model", "model_not_found"],
  ["context_too_long", "context_length_exceeded"],
]);
const CODES_BY_STATUS = new Map([
  [401, "invalid_api_key"],
  [429, "rate_limit_exceeded"],
]);

/** What an OpenAI client should get: the status, and the body to send as JSON. */
export function renderOpenAiError(error: AppError): { status: number; body: { error: OpenAiError } } {
  const { param, vendorCode } = error.params;
  const name = error.code.slice(error.code.indexOf(".") + 1);
  // A vendor's code goes with a vendor's refusal; with a failure of ours or its own it would mislead (`invalid_api_key`).
  const known = CODES_BY_NAME.get(name) ?? CODES_BY_STATUS.get(error.status);
  return {
    status: error.status,
    body: {
      error: {
        message: `${error.message} ${error.fix}`,
        type: typeFor(error.status),
        param: typeof param === "string" ? param : null,
        code: error.status < 500 && typeof vendorCode === "string" ? vendorCode : (known ?? error.code),
      },
    },
  };
}

/** The same as the last event of a stream that broke; no `[DONE]` follows. */
export function renderStreamError(error: AppError): Uint8Array {
  return Buffer.from(`data: ${JSON.stringify(renderOpenAiError(error).body)}\n\n`);
}

function typeFor(status: number): string {
  if (status === 429) return "rate_limit_error";
  if (status === 402) return "insufficient_quota";
  if (status === 403) return "permission_error";
  return status >= 500 ? "server_error" : "invalid_request_error";
}

/** What a vendor's error body says. Never throws; a body without a message gives one that describes it. */
export function readOpenAiError(
  status: number,
  bodyText: string,
): { [K in keyof OpenAiError]: OpenAiError[K] | null } & { message: string } {
  const body = unwrap(tryParse(bodyText));
  const found = isObject(body) ? body : {};
  const message = messageOf(body) ?? describeText(status, bodyText);
  return {
    message: message.slice(0, MESSAGE_LENGTH_MAX),
    type: textOf(found["type"] ?? found["status"]),
    param: textOf(found["param"]),
    code: textOf(found["code"]),
  };
}

// `{error: …}` is the rule, `[{error: …}]` is Gemini's, `{fault: …}` Apigee's; Mistral and Cerebras send the inside alone.
function unwrap(body: unknown): unknown {
  const first: unknown = Array.isArray(body) ? body[0] : body;
  return isObject(first) ? (first["error"] ?? first["fault"] ?? first) : first;
}

function messageOf(body: unknown): string | undefined {
  if (typeof body === "string") return body === "" ? undefined : body;
  if (!isObject(body)) return undefined;
  const said = body["message"] ?? body["detail"] ?? body["error_description"] ?? body["faultstring"];
  const message = typeof said === "string" ? said : said === undefined ? undefined : JSON.stringify(said);
  const { metadata } = body;
  const cause = isObject(metadata) && typeof metadata["raw"] === "string" ? metadata["raw"] : undefined;
  return message && cause ? `${message}: ${cause}` : message;
}

function describeText(status: number, text: string): string {
  const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1]?.trim();
  if (title) return `an HTML page in place of an answer: ${title}`;
  const plain = text.trim();
  if (plain === "") return `HTTP ${status} without a body`;
  return /^\s*</.test(plain) ? "an HTML page in place of an answer" : plain;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : null;
}
