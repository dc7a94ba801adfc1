// A vendor's stream of named events as canonical events.
import type { DecoderOptions, StreamDecoder } from "../../dialect.ts";
import { createEventStreamDecoder } from "../../event-stream.ts";
import { readOpenAiError } from "../../openai-chat/index.ts";
import { createAnswerReader } from "./answer-out.ts";

/** `eventBytesMax` bounds one event, in UTF-16 units; a longer one is an error. The last event holds the whole response. */
export function createStreamDecoder({ eventBytesMax }: DecoderOptions): StreamDecoder {
  return createEventStreamDecoder({
    reader: createAnswerReader(),
    lengthMax: eventBytesMax,
    readError: (text) => readOpenAiError(200, text),
    hasNames: true,
  });
}
