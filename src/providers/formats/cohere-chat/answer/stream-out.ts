// A vendor's stream of named events as canonical events.
import type { DecoderOptions, StreamDecoder } from "../../dialect.ts";
import { createEventStreamDecoder } from "../../event-stream.ts";
import { isObject } from "../../fields.ts";
import { readCohereError } from "../errors.ts";
import { createAnswerReader } from "./answer-out.ts";

/** `eventBytesMax` bounds one event, in UTF-16 units; a longer one is an error. */
export function createStreamDecoder({ eventBytesMax }: DecoderOptions): StreamDecoder {
  return createEventStreamDecoder({
    reader: createAnswerReader(),
    lengthMax: eventBytesMax,
    readError: (text) => readCohereError(200, text),
    isError: (name, body) => name === "error" || (isObject(body) && isObject(body["error"])),
    hasNames: true,
  });
}
