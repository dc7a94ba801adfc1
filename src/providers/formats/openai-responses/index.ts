// OpenAI's Responses dialect, both directions: `-in` faces callers, `-out` faces vendors. Pure: no I/O, no clock. What is
// stored at the vendor (earlier responses, conversations) is only named here.
import type { Dialect } from "../dialect.ts";
import { isObject, readCount } from "../fields.ts";
import { readOpenAiError } from "../openai-chat/index.ts";
import { writeResponsesAnswer } from "./answer/answer-in.ts";
import { readResponsesAnswer } from "./answer/answer-out.ts";
import { createStreamEncoder } from "./answer/stream-in.ts";
import { createStreamDecoder } from "./answer/stream-out.ts";
import { writeResponsesError, writeStreamError } from "./errors.ts";
import { readResponsesRequest } from "./request/request-in.ts";
import { writeResponsesRequest } from "./request/request-out.ts";

/** What a count of tokens is asked with; all else concerns the answer. */
const COUNTED =
  "model input instructions tools tool_choice parallel_tool_calls text reasoning truncation previous_response_id conversation".split(
    " ",
  );

export const openAiResponses: Dialect = {
  name: "openai-responses",
  caller: {
    readRequest: readResponsesRequest,
    writeAnswer: writeResponsesAnswer,
    counting: {
      readRequest: readResponsesRequest,
      writeAnswer: (tokens) => ({ object: "response.input_tokens", input_tokens: tokens }),
    },
    createEncoder: ({ told }) => createStreamEncoder(told),
    writeError: writeResponsesError,
    writeStreamError,
  },
  vendor: {
    writeRequest: (request, { model }) => writeResponsesRequest(request, { model }),
    readAnswer: readResponsesAnswer,
    createDecoder: createStreamDecoder,
    readError: readOpenAiError,
    counting: {
      writeBody: (body) => Object.fromEntries(COUNTED.flatMap((name) => (name in body ? [[name, body[name]]] : []))),
      readAnswer: (body) => (isObject(body) ? readCount(body["input_tokens"]) : undefined),
    },
  },
};

export { forgetItems } from "./request/forget-items.ts";
