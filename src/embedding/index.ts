// Embedding's front door: texts as vectors, for whoever compares what texts mean.
export { embeddingConfigSchema, type EmbeddingConfig } from "./config.ts";
export { createEmbedder, type Embedder, type EmbedderDeps } from "./embedder.ts";
export { embeddingErrors } from "./errors.ts";
export { similarity } from "./similarity.ts";
