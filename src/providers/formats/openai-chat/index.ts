// The chat-completions dialect, both directions: `-in` faces callers, `-out` faces vendors. Pure: no I/O, no clock.
export { checkChatBody, readChatRequest, type ChatBody } from "./request/request-in.ts";
export { openAiQuirks, writeChatRequest, type ChatQuirks } from "./request/request-out.ts";
export { readChatAnswer } from "./answer-out.ts";
export { createStreamDecoder } from "./stream-out.ts";
export { writeChatAnswer } from "./answer-in.ts";
export { createStreamEncoder, type StreamEncoder, type StreamEncoderOptions } from "./stream-in.ts";
export { collectAnswer, type CollectedAnswer, type CollectedCall, type CollectedChoice } from "../collect-answer.ts";
export { readUsage, writeUsage } from "./usage.ts";
export { readOpenAiError, renderOpenAiError, renderStreamError, type OpenAiError } from "./errors.ts";
export { readTranscript, type TranscriptMessage } from "./transcript.ts";
export { openAiChat } from "./dialect.ts";
