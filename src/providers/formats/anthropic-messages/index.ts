// Anthropic's Messages dialect, both directions: `-in` faces callers, `-out` faces vendors. Pure: no I/O, no clock.
import type { Dialect } from "../dialect.ts";
import { writeMessagesAnswer } from "./answer/answer-in.ts";
import { readMessagesAnswer } from "./answer/answer-out.ts";
import { createStreamEncoder, frame } from "./answer/stream-in.ts";
import { createStreamDecoder } from "./answer/stream-out.ts";
import { readAnthropicError, writeAnthropicError } from "./errors.ts";
import { readMessagesRequest } from "./request/request-in.ts";
import { type AnthropicQuirks, writeMessagesRequest } from "./request/request-out.ts";

export const anthropicMessages: Dialect = {
  name: "anthropic-messages",
  caller: {
    readRequest: readMessagesRequest,
    writeAnswer: writeMessagesAnswer,
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
  },
};

export { readCountRequest } from "./request/request-in.ts";
export { type AnthropicQuirks, anthropicQuirks, writeMessagesRequest } from "./request/request-out.ts";
export { readUsage, writeUsage } from "./usage.ts";
