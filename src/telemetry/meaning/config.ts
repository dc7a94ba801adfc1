// Bounds of what is read out of attributes; a part of the telemetry room's config.
import { z } from "zod";

export const meaningConfigSchema = z
  .strictObject({
    messages_max: z
      .number()
      .int()
      .min(1)
      .max(100_000)
      .default(1000)
      .describe("messages that are read out of one span's input or output; those after them are left out"),
    documents_max: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(100)
      .describe("retrieved documents that are kept with one span; those after them are left out"),
    scores_max: z
      .number()
      .int()
      .min(0)
      .max(1000)
      .default(20)
      .describe("judgements that are read out of the span they judge; those after them stay with the span alone"),
    tags_max: z
      .number()
      .int()
      .min(0)
      .max(1000)
      .default(20)
      .describe("tags that one span can have; those after them are left out"),
    label_characters_max: z
      .number()
      .int()
      .min(16)
      .max(10_000)
      .default(500)
      .describe("the longest session, user, model or other name that records are counted by; a longer one is cut"),
  })
  .prefault({});

export type MeaningConfig = z.infer<typeof meaningConfigSchema>;
