// The front door of batching: embedding calls that come at the same time, as one request.
export { createEmbeddingBatching, type EmbeddingBatching } from "./embedding-batching.ts";
export type { SharedAnswer } from "./split-answer.ts";
