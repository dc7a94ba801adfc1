// Google's generateContent dialect, both directions: `-in` faces callers, `-out` faces vendors. Pure: no I/O, no clock.
import type { Dialect } from "../dialect.ts";
import { isObject, readCount } from "../fields.ts";
import { writeGeminiAnswer } from "./answer/answer-in.ts";
import { readGeminiAnswer } from "./answer/answer-out.ts";
import { createStreamEncoder, frame } from "./answer/stream-in.ts";
import { createStreamDecoder } from "./answer/stream-out.ts";
import { readGeminiError, writeGeminiError } from "./errors.ts";
import { readCountRequest, readGeminiRequest } from "./request/request-in.ts";
import { type GeminiQuirks, writeGeminiRequest } from "./request/request-out.ts";

export const gemini: Dialect = {
  name: "gemini",
  caller: {
    readRequest: readGeminiRequest,
    writeAnswer: writeGeminiAnswer,
    counting: { readRequest: readCountRequest, writeAnswer: (tokens) => ({ totalTokens: tokens }) },
    createEncoder: createStreamEncoder,
    writeError: writeGeminiError,
    writeStreamError: (error) => frame(writeGeminiError(error)),
  },
  vendor: {
    writeRequest: (request, { model, quirks }) =>
      writeGeminiRequest(request, { model, quirks: (quirks ?? {}) as Partial<GeminiQuirks> }),
    readAnswer: readGeminiAnswer,
    createDecoder: createStreamDecoder,
    readError: readGeminiError,
    counting: {
      writeBody: (body, model) => ({ generateContentRequest: { model: `models/${model}`, ...body } }),
      readAnswer: (body) => (isObject(body) ? readCount(body["totalTokens"]) : undefined),
    },
  },
};

export { type GeminiQuirks, geminiQuirks } from "./request/request-out.ts";
export { readRetryDelayMs } from "./errors.ts";
export { readUsage, writeUsage } from "./usage.ts";
