// A vendor's stream of chunks as canonical events.
import type { StreamDecoder } from "../dialect.ts";
import { createEventStreamDecoder } from "../event-stream.ts";
import { createAnswerReader } from "./answer-out.ts";
import { readOpenAiError } from "./errors.ts";

/** `eventBytesMax` bounds one chunk, in UTF-16 units; a longer one is an error. */
export function createStreamDecoder({ eventBytesMax = 8 * 1024 * 1024 } = {}): StreamDecoder {
  const reader = createAnswerReader();
  return createEventStreamDecoder({
    reader: {
      get isOver() {
        return reader.isOver;
      },
      read: (body) => reader.read(body, "delta"),
      fail: ({ message, code }) => reader.fail(message, code),
      close: reader.close,
    },
    lengthMax: eventBytesMax,
    readError: (text) => readOpenAiError(200, text),
    isError: (name) => name === "error",
    onDone() {
      reader.markDone();
      return reader.close();
    },
  });
}
