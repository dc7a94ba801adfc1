// Errors in this dialect, both ways: ours as Anthropic's SDKs expect them, and a vendor's error body into message and code.
import type { AppError } from "../../../kernel/index.ts";
import type { Extra } from "../../contract.ts";
import type { VendorError } from "../dialect.ts";
import { readOpenAiError } from "../openai-chat/index.ts";

const TYPES = new Map([
  [401, "authentication_error"],
  [402, "billing_error"],
  [403, "permission_error"],
  [404, "not_found_error"],
  [408, "timeout_error"],
  [409, "conflict_error"],
  [413, "request_too_large"],
  [429, "rate_limit_error"],
  [503, "overloaded_error"],
  [504, "timeout_error"],
  [529, "overloaded_error"],
]);

/** The body that an Anthropic client should get with the error's status. */
export function writeAnthropicError(error: AppError, callId?: string): { type: string } & Extra {
  return {
    type: "error",
    error: { type: typeFor(error.status), message: `${error.message} ${error.fix}` },
    request_id: callId ?? null,
  };
}

function typeFor(status: number): string {
  return TYPES.get(status) ?? (status >= 500 ? "api_error" : "invalid_request_error");
}

/** What a vendor's error body says; the code is Anthropic's `type` of it. Never throws. */
export function readAnthropicError(status: number, text: string): VendorError {
  const { message, type, code, param } = readOpenAiError(status, text);
  return { message, code: type === null || type === "error" ? code : type, param };
}
