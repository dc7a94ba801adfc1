// Errors in this dialect, both ways. Whole ones are OpenAI's own, as in chat-completions; in a stream they are an event.
import type { AppError } from "../../../kernel/index.ts";
import type { Extra } from "../../contract.ts";
import { renderOpenAiError } from "../openai-chat/index.ts";

/** The body that an OpenAI client should get with the error's status. */
export function writeResponsesError(error: AppError): Extra {
  return { ...renderOpenAiError(error).body };
}

/** The last event of a stream that broke. Its number is not known where it is written. */
export function writeStreamError(error: AppError): string {
  const { code, message, param } = renderOpenAiError(error).body.error;
  return frame({ type: "error", code, message, param, sequence_number: 0 });
}

/** One server-sent event, blank line included. */
export function frame(event: { type: string } & Extra): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
