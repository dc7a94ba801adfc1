// Anthropic's Messages dialect, both directions: `-in` faces callers, `-out` faces vendors. Pure: no I/O, no clock.
import type { Dialect } from "../dialect.ts";
import { isObject, readCount, without } from "../fields.ts";
import { writeMessagesAnswer } from "./answer/answer-in.ts";
import { readMessagesAnswer } from "./answer/answer-out.ts";
import { createStreamEncoder, frame } from "./answer/stream-in.ts";
import { createStreamDecoder } from "./answer/stream-out.ts";
import { readAnthropicError, writeAnthropicError } from "./errors.ts";
import { readCountRequest, readMessagesRequest } from "./request/request-in.ts";
import { type AnthropicQuirks, writeMessagesRequest } from "./request/request-out.ts";

/** What concerns the answer alone is not asked for where there is none. */
const OF_THE_ANSWER = "max_tokens stream temperature top_p top_k stop_sequences metadata service_tier".split(" ");

export const anthropicMessages: Dialect = {
  name: "anthropic-messages",
  caller: {
    readRequest: readMessagesRequest,
    writeAnswer: writeMessagesAnswer,
    counting: { readRequest: readCountRequest, writeAnswer: (tokens) => ({ input_tokens: tokens }) },
    createEncoder: ({ told }) => createStreamEncoder(told),
    writeError: writeAnthropicError,
    writeStreamError: (error) => frame(writeAnthropicError(error)),
  },
  vendor: {
    writeRequest: (request, { model, quirks }) =>
      writeMessagesRequest(request, { model, quirks: (quirks ?? {}) as Partial<AnthropicQuirks> }),
    readAnswer: readMessagesAnswer,
    createDecoder: createStreamDecoder,
    readError: readAnthropicError,
    counting: {
      writeBody: (body) => without(body, OF_THE_ANSWER),
      readAnswer: (body) => (isObject(body) ? readCount(body["input_tokens"]) : undefined),
    },
  },
};

export { type AnthropicQuirks, anthropicQuirks, writeMessagesRequest } from "./request/request-out.ts";
export { readUsage, writeUsage } from "./usage.ts";
