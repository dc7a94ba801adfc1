// The `embedding` branch of the config: which model makes vectors of texts, and how much of that is done at once.
import { z } from "zod";
import { duration } from "../kernel/index.ts";

export const embeddingConfigSchema = z
  .strictObject({
    model: z
      .string()
      .min(1)
      .max(200)
      .default("builtin")
      .describe("builtin: a small English model in this process, loaded when first used; or vendor/model"),
    timeout: duration().default(1000).describe("how long those who ask for vectors wait for them, loading included"),
    rest: duration().default(5000).describe("after a failure or a time-out nobody waits for the model for so long"),
    text_chars_max: z
      .number()
      .int()
      .min(1)
      .max(100_000)
      .default(2000)
      .describe("a longer text is not made a vector, for a part of it would not be it"),
    batch_texts_max: z.number().int().min(1).max(2048).default(32).describe("texts that the model is given at once"),
    waiting_texts_max: z
      .number()
      .int()
      .min(1)
      .max(100_000)
      .default(256)
      .describe("texts that wait for the model; those who bring more are refused"),
    remembered_texts_max: z
      .number()
      .int()
      .min(0)
      .max(1_000_000)
      .default(2000)
      .describe("vectors kept in memory, so that the same text is not embedded again; about 4 KB each"),
  })
  .prefault({});

export type EmbeddingConfig = z.output<typeof embeddingConfigSchema>;
