// Cohere's chat dialect (`/v2/chat`), both directions: `-in` faces callers, `-out` faces vendors. Pure: no I/O, no clock.
import type { Dialect } from "../dialect.ts";
import { writeCohereAnswer } from "./answer/answer-in.ts";
import { readCohereAnswer } from "./answer/answer-out.ts";
import { createStreamEncoder, frame } from "./answer/stream-in.ts";
import { createStreamDecoder } from "./answer/stream-out.ts";
import { readCohereError, streamError, writeCohereError } from "./errors.ts";
import { readCohereRequest } from "./request/request-in.ts";
import { writeCohereRequest } from "./request/request-out.ts";

export const cohereChat: Dialect = {
  name: "cohere-chat",
  caller: {
    readRequest: readCohereRequest,
    writeAnswer: writeCohereAnswer,
    createEncoder: ({ told }) => createStreamEncoder(told),
    writeError: writeCohereError,
    writeStreamError: (error) => frame(streamError(`${error.message} ${error.fix}`)),
  },
  vendor: {
    writeRequest: (request, { model }) => writeCohereRequest(request, model),
    readAnswer: readCohereAnswer,
    createDecoder: createStreamDecoder,
    readError: readCohereError,
  },
};

export { readUsage, writeUsage } from "./usage.ts";
