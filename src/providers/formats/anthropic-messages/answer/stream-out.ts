// A vendor's stream of named events as canonical events.
import type { DecoderOptions, StreamDecoder } from "../../dialect.ts";
import { createEventStreamDecoder } from "../../event-stream.ts";
import { isObject } from "../../fields.ts";
import { readAnthropicError } from "../errors.ts";
import { createAnswerReader } from "./answer-out.ts";

/** `eventBytesMax` bounds one event, and what is kept of a block, in UTF-16 units; a longer one is an error. */
export function createStreamDecoder({ eventBytesMax }: DecoderOptions): StreamDecoder {
  return createEventStreamDecoder({
    reader: createAnswerReader(eventBytesMax),
    lengthMax: eventBytesMax,
    readError: (text) => readAnthropicError(200, text),
    isError: (name, body) => name === "error" && !(isObject(body) && body["type"] === "error"),
    hasNames: true,
  });
}
