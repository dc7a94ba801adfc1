// Amazon Bedrock's Converse dialect, both directions: `-in` faces callers, `-out` faces vendors. Pure: no I/O, no clock.
import type { Dialect } from "../dialect.ts";
import { isObject, readCount, without } from "../fields.ts";
import { writeConverseAnswer } from "./answer/answer-in.ts";
import { readConverseAnswer } from "./answer/answer-out.ts";
import { createStreamEncoder, writeStreamError } from "./answer/stream-in.ts";
import { createStreamDecoder } from "./answer/stream-out.ts";
import { readBedrockError, writeBedrockError } from "./errors.ts";
import { AMAZON_EVENT_STREAM } from "./frames.ts";
import type { BedrockQuirks } from "./models/families.ts";
import { readConverseRequest, readCountRequest } from "./request/request-in.ts";
import { writeConverseRequest } from "./request/request-out.ts";

/** What concerns the answer alone is not asked for where there is none. */
const OF_THE_ANSWER =
  "inferenceConfig guardrailConfig performanceConfig serviceTier requestMetadata outputConfig additionalModelResponseFieldPaths".split(
    " ",
  );

export const bedrockConverse: Dialect = {
  name: "bedrock-converse",
  caller: {
    readRequest: readConverseRequest,
    writeAnswer: writeConverseAnswer,
    counting: { readRequest: readCountRequest, writeAnswer: (tokens) => ({ inputTokens: tokens }) },
    streamType: AMAZON_EVENT_STREAM,
    createEncoder: ({ told }) => createStreamEncoder(told),
    writeError: writeBedrockError,
    writeStreamError,
  },
  vendor: {
    writeRequest: (request, { model, quirks }) =>
      writeConverseRequest(request, { model, quirks: (quirks ?? {}) as Partial<BedrockQuirks> }),
    readAnswer: readConverseAnswer,
    createDecoder: createStreamDecoder,
    readError: readBedrockError,
    counting: {
      writeBody: (body) => ({ input: { converse: without(body, OF_THE_ANSWER) } }),
      readAnswer: (body) => (isObject(body) ? readCount(body["inputTokens"]) : undefined),
    },
  },
};

export { streamExceptionFor } from "./errors.ts";
export { AMAZON_EVENT_STREAM, createFrameCutter, type Frame, writeEventFrame, writeExceptionFrame } from "./frames.ts";
