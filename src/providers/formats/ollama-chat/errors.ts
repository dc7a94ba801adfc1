// Errors in this dialect, both ways: Ollama says one sentence under `error`, in a body and in the midst of a stream alike.
import type { AppError } from "../../../kernel/index.ts";
import type { Extra } from "../../contract.ts";
import type { VendorError } from "../dialect.ts";
import { readOpenAiError } from "../openai-chat/index.ts";

/** The body that an Ollama client should get with the error's status. */
export function writeOllamaError(error: AppError): Extra {
  return brokenAnswer(`${error.message} ${error.fix}`);
}

/** The same as the last line of a stream. */
export function brokenAnswer(message: string): Extra {
  return { error: message };
}

/** What a vendor's error body says, whatever its shape. Never throws. */
export function readOllamaError(status: number, text: string): VendorError {
  const { message, code, param } = readOpenAiError(status, text);
  return { message, code, param };
}
