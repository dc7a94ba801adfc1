// Ollama's own chat dialect (`/api/chat`), both directions: `-in` faces callers, `-out` faces vendors. Pure: no I/O, no clock.
import type { Dialect } from "../dialect.ts";
import { writeOllamaAnswer } from "./answer/answer-in.ts";
import { readOllamaAnswer } from "./answer/answer-out.ts";
import { createStreamEncoder, lineOf } from "./answer/stream-in.ts";
import { createStreamDecoder } from "./answer/stream-out.ts";
import { readOllamaError, writeOllamaError } from "./errors.ts";
import { readOllamaRequest } from "./request/request-in.ts";
import { writeOllamaRequest } from "./request/request-out.ts";

/** What its streams call themselves: a JSON object a line. */
export const JSON_LINES = "application/x-ndjson";

export const ollamaChat: Dialect = {
  name: "ollama-chat",
  caller: {
    readRequest: readOllamaRequest,
    writeAnswer: writeOllamaAnswer,
    streamsUnasked: true,
    streamType: JSON_LINES,
    createEncoder: ({ told }) => createStreamEncoder(told),
    writeError: writeOllamaError,
    writeStreamError: (error) => lineOf(writeOllamaError(error)),
  },
  vendor: {
    writeRequest: (request, { model }) => writeOllamaRequest(request, model),
    readAnswer: readOllamaAnswer,
    createDecoder: createStreamDecoder,
    readError: readOllamaError,
  },
};
