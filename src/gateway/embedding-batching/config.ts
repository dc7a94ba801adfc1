// The `gateway.embedding_batching` branch of the config: small embedding calls that come at the same time as one request.
import { z } from "zod";
import { byteSize, duration } from "../../kernel/index.ts";

export const batchingSchema = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe("embedding calls that come to a target at the same time are one request to it"),
  window: duration().default(5).describe("how long the first of them waits for others"),
  inputs_max: z
    .number()
    .int()
    .min(2)
    .max(2048)
    .default(256)
    .describe("texts in one request; at that many it is sent at once"),
  bytes_max: byteSize()
    .default(256 * 1024)
    .describe("of the texts in one request; a call that is longer alone, or has as many texts, goes by itself"),
});
export type BatchingConfig = z.output<typeof batchingSchema>;
