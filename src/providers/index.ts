// Providers' front door: vendors and their models, what they cost, and one call to one of them.
export type { Price } from "./catalogue/index.ts";
export { callVendor, type VendorAnswer, type VendorCall, type VendorStream } from "./call.ts";
export { providersConfigSchema, type ProvidersConfig } from "./config.ts";
export { providersErrors } from "./errors.ts";
export {
  type ChatBody,
  checkChatBody,
  readTranscript,
  renderOpenAiError,
  renderStreamError,
} from "./formats/openai-chat/index.ts";
export type { AnswerFacts } from "./passthrough/answer-facts.ts";
export { rewriteRequest } from "./passthrough/rewrite-request.ts";
export { createProviders, type Providers } from "./providers.ts";
export type { Target } from "./target.ts";
