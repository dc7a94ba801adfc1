// Decides how a request goes to a target: as what it is, or translated.
import { createCountExchange } from "./count-exchange.ts";
import { createEmbeddingExchange } from "../operations/embedding-exchange.ts";
import { createNativeExchange } from "../operations/native-exchange.ts";
import { createOperationExchange } from "../operations/operation-exchange.ts";
import { createRerankExchange } from "../operations/rerank-exchange.ts";
import type { Target } from "../target.ts";
import type { CallerRequest } from "./caller-request.ts";
import { createChatExchange } from "./chat-exchange.ts";
import type { Exchange, ExchangeOptions } from "./exchange.ts";

/** Throws `providers.bad_request`, `providers.not_offered` and, when strict, `providers.not_translatable`. */
export function createExchange(target: Target, request: CallerRequest, options: ExchangeOptions): Exchange {
  if (request.native) return createNativeExchange(target, request.native);
  if (request.operation === "count_tokens") return createCountExchange(target, request, options);
  if (request.operation === "embeddings") return createEmbeddingExchange(target, request, options);
  if (request.operation === "rerank") return createRerankExchange(target, request, options);
  return request.operation === "chat"
    ? createChatExchange(target, request, options)
    : createOperationExchange(target, request);
}
