// Errors in this dialect, both ways: ours as Amazon's SDKs expect them, and a vendor's error body into message and code.
import type { AppError } from "../../../kernel/index.ts";
import type { Extra } from "../../contract.ts";
import type { VendorError } from "../dialect.ts";
import { isObject, textOf } from "../fields.ts";
import { readOpenAiError } from "../openai-chat/index.ts";

const NAMES = new Map([
  [401, "AccessDeniedException"],
  [402, "AccessDeniedException"],
  [403, "AccessDeniedException"],
  [404, "ResourceNotFoundException"],
  [408, "ModelTimeoutException"],
  [409, "ConflictException"],
  [424, "ModelErrorException"],
  [429, "ThrottlingException"],
  [502, "ModelErrorException"],
  [503, "ServiceUnavailableException"],
  [504, "ModelTimeoutException"],
]);

function nameFor(status: number): string {
  return NAMES.get(status) ?? (status >= 500 ? "InternalServerException" : "ValidationException");
}

/** The body that a client of Amazon's should get with the error's status. The SDKs find the kind of it in `__type`. */
export function writeBedrockError(error: AppError, callId?: string): Extra {
  return {
    __type: nameFor(error.status),
    message: `${error.message} ${error.fix}`,
    ...(callId !== undefined && { requestId: callId }),
  };
}

/** Those that a stream may break off with. */
const STREAM_NAMES = new Map([
  ["ThrottlingException", "throttlingException"],
  ["ValidationException", "validationException"],
  ["ServiceUnavailableException", "serviceUnavailableException"],
  ["InternalServerException", "internalServerException"],
]);

/** The name of an exception in the midst of a stream, by the name or the status of the error. */
export function streamExceptionFor(kind: number | string | null): string {
  const name = typeof kind === "number" ? nameFor(kind) : (kind ?? "");
  if ([...STREAM_NAMES.values(), "modelStreamErrorException"].includes(name)) return name;
  return STREAM_NAMES.get(name) ?? "modelStreamErrorException";
}

/** What a vendor's error body says; the code is Amazon's name for it, where it is told. Never throws. */
export function readBedrockError(status: number, text: string): VendorError {
  const body = parse(text);
  if (!isObject(body)) return readOpenAiError(status, text);
  const message = textOf(body["message"]) || textOf(body["Message"]);
  // Sometimes with a name space before it, or an address behind it.
  const type = textOf(body["__type"]) || textOf(body["code"]);
  if (message === "" && type === "") return readOpenAiError(status, text);
  const code = type.replace(/^.*#/s, "").replace(/:.*$/s, "");
  return { message: message || code, code: code || nameFor(status) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
