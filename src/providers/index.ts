// Providers' front door: vendors and their models, what they cost, and one call to one of them.
export type { CallElsewhere, Price } from "./catalogue/index.ts";
export { callVendor, type VendorAnswer, type VendorCall, type VendorStream } from "./call.ts";
export { providersConfigSchema, type ProvidersConfig } from "./config.ts";
export { providersErrors } from "./errors.ts";
export type { DialectName } from "./contract.ts";
export {
  type CallerRequest,
  checkRequest,
  forwardedHeaders,
  type NativeRequest,
  readRequest,
  type Said,
  type SaidInAddress,
} from "./exchange/caller-request.ts";
export { callIdIn, responseIdOf } from "./exchange/response-id.ts";
export { continueRequest } from "./continuation/continue-request.ts";
export { addUsage, joinAnswer } from "./continuation/join-answer.ts";
export { type BrokenAnswer, readBrokenAnswer } from "./continuation/said-so-far.ts";
export { createExchange } from "./exchange/create-exchange.ts";
export { type Exchange, isEventStream } from "./exchange/exchange.ts";
export { type OpenAiOperation, type Operation, openAiOperations } from "./operations/operation.ts";
export { checkEmbeddings, checkOperation, checkRerank } from "./operations/operation-request.ts";
export {
  readRealtimeEvent,
  readRealtimeResponse,
  type RealtimeEvent,
  type RealtimeResponse,
  writeRealtimeError,
  writeWithoutSound,
} from "./operations/realtime-events.ts";
export { createModelsExchange } from "./operations/models-exchange.ts";
export { connectRealtime } from "./operations/realtime-target.ts";
export type { Dropped } from "./formats/dialect.ts";
export { AMAZON_EVENT_STREAM as FRAMES_TYPE } from "./formats/bedrock-converse/index.ts";
export { createInvokePacker, unwrapInvoke } from "./formats/bedrock-invoke/index.ts";
export { dialectNames, dialectOf } from "./formats/dialects.ts";
export { readAnswer, readConversation } from "./exchange/read-conversation.ts";
export { showBody } from "./exchange/show-body.ts";
export { renderOpenAiError } from "./formats/openai-chat/index.ts";
export type { AnswerFacts } from "./passthrough/answer-facts.ts";
export {
  type Added,
  type AddedParameters,
  addMessages,
  type AnsweredChoice,
  type MessageText,
  type PromptCall,
  readAnswerTexts,
  rewordAnswer,
  rewriteTexts,
  type WrittenAnswer,
} from "./reshaping/index.ts";
export {
  answerPlaces,
  applyEdits,
  createStreamEditor,
  type Edit,
  editAnswer,
  type EditPlace,
  type FilteredAnswer,
  editPlaces,
  editRequest,
  requestPlaces,
  type Settled,
  type StreamEdit,
  type StreamEditor,
  type StreamNote,
  type TextKind,
  type TextPlace,
  type TextWindow,
  writeFilteredEnd,
} from "./editing/index.ts";
export { estimateTextTokens } from "./needs/estimate-tokens.ts";
export type { Shortfall } from "./needs/shortfall.ts";
export { createProviders, type Providers } from "./providers.ts";
export type { Target } from "./target.ts";
export {
  type Credential,
  createCredentialPool,
  noCredential,
  readQuotas,
  type QuotaStyle,
  type Vendor,
  type VendorQuota,
} from "./vendors/index.ts";
