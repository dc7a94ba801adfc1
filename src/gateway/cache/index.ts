// The front door of the cache.
export { type AnswerCache, createAnswerCache } from "./answer-cache.ts";
export type { TakenAnswer } from "./cached-call.ts";
export { type Scope as CacheScope, scopesOfSubject } from "./key/scope.ts";
export type { Turn } from "./flight/turn.ts";
