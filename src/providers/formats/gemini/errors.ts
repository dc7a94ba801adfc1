// Errors in this dialect, both ways: ours as Google's clients expect them, and a vendor's error body into message and code.
import type { AppError } from "../../../kernel/index.ts";
import type { Extra } from "../../contract.ts";
import type { VendorError } from "../dialect.ts";
import { isObject, textOf } from "../fields.ts";
import { readOpenAiError } from "../openai-chat/index.ts";

const STATUSES = new Map([
  [401, "UNAUTHENTICATED"],
  [403, "PERMISSION_DENIED"],
  [404, "NOT_FOUND"],
  [409, "ABORTED"],
  [429, "RESOURCE_EXHAUSTED"],
  [499, "CANCELLED"],
  [501, "UNIMPLEMENTED"],
  [502, "UNAVAILABLE"],
  [503, "UNAVAILABLE"],
  [504, "DEADLINE_EXCEEDED"],
]);

const TYPE = "type.googleapis.com/google.rpc.";

/** The body that a client of Google's should get with the error's status. */
export function writeGeminiError(error: AppError, callId?: string): Extra {
  const { retryAfterMs } = error;
  const param = error.params["param"];
  const details: Extra[] = [{ "@type": `${TYPE}ErrorInfo`, reason: reasonOf(error.code), domain: "binnacle" }];
  if (typeof param === "string")
    details.push({ "@type": `${TYPE}BadRequest`, fieldViolations: [{ field: param, description: error.message }] });
  if (retryAfterMs !== undefined)
    details.push({ "@type": `${TYPE}RetryInfo`, retryDelay: `${Math.ceil(retryAfterMs) / 1000}s` });
  if (callId !== undefined) details.push({ "@type": `${TYPE}RequestInfo`, requestId: callId });
  return {
    error: { code: error.status, message: `${error.message} ${error.fix}`, status: statusName(error.status), details },
  };
}

/** An error in the midst of an answer. `code` is Google's word for it, where the vendor was Google. */
export function writeBrokenAnswer(message: string, code: string | null): Extra {
  const known = [...STATUSES].find(([, name]) => name === code)?.[0] ?? 500;
  return { error: { code: known, message, status: statusName(known) } };
}

/** `providers.bad_request` as `PROVIDERS_BAD_REQUEST`: Google's reasons are of that form. */
function reasonOf(code: string): string {
  return code.replaceAll(/[^a-zA-Z0-9]+/g, "_").toUpperCase();
}

function statusName(status: number): string {
  return STATUSES.get(status) ?? (status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT");
}

/** What a vendor's error body says; the code is Google's `status`, such as `RESOURCE_EXHAUSTED`. Never throws. */
export function readGeminiError(status: number, text: string): VendorError {
  const { message, type, code } = readOpenAiError(status, text);
  const violations = detailOf(text, "BadRequest")?.["fieldViolations"];
  const first: unknown = Array.isArray(violations) ? violations[0] : undefined;
  return { message, code: type ?? code, param: isObject(first) ? textOf(first["field"]) || null : null };
}

/** How long Google asks to wait, by the body's `RetryInfo`; in milliseconds. */
export function readRetryDelayMs(text: string): number | undefined {
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(textOf(detailOf(text, "RetryInfo")?.["retryDelay"]))?.[1];
  return seconds === undefined ? undefined : Math.ceil(Number(seconds) * 1000);
}

function detailOf(text: string, type: string): Extra | undefined {
  const body = parse(text);
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const error = isObject(first) ? first["error"] : undefined;
  const details: unknown = isObject(error) ? error["details"] : undefined;
  if (!Array.isArray(details)) return undefined;
  return details.filter(isObject).find((each) => each["@type"] === TYPE + type);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
