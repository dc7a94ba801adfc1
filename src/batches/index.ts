// The front door of files and batches: many calls that nobody waits for, carried out when there is room.
export type { Batch, StoredFile } from "./batch.ts";
export { hasEnded } from "./batch.ts";
export { type Batches, createBatches } from "./batches.ts";
export { batchesConfigSchema, type BatchesConfig } from "./config.ts";
export { batchesErrors } from "./errors.ts";
export type { Upload } from "./files.ts";
export { batchesMigrations } from "./migrations/index.ts";
