// Errors in this dialect, both ways: ours as Cohere's SDKs expect them, and a vendor's error body into its message. Cohere has
// a message and an id, and no codes.
import type { AppError } from "../../../kernel/index.ts";
import type { Extra } from "../../contract.ts";
import type { VendorError } from "../dialect.ts";
import { readOpenAiError } from "../openai-chat/index.ts";

/** The body that a Cohere client should get with the error's status. */
export function writeCohereError(error: AppError, callId?: string): Extra {
  return { ...(callId !== undefined && { id: callId }), message: `${error.message} ${error.fix}` };
}

/** The same as the last event of a stream: SDKs know no other that could tell of it. */
export function streamError(message: string): { type: string } & Extra {
  return { type: "message-end", delta: { finish_reason: "ERROR", error: message } };
}

/** What a vendor's error body says, whatever its shape. Never throws. */
export function readCohereError(status: number, text: string): VendorError {
  const { message, code, param } = readOpenAiError(status, text);
  return { message, code, param };
}
