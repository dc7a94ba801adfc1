// Bounds of what is read out of attributes; a part of the telemetry room's config.
import { z } from "zod";

export const meaningConfigSchema = z.strictObject({
  messages_max: z
    .number()
    .int()
    .min(1)
    .default(1000)
    .describe("Messages that are read out of one span's input or output; those after them are left out."),
  documents_max: z
    .number()
    .int()
    .min(1)
    .default(100)
    .describe("Retrieved documents that are kept with one span; those after them are left out."),
  tags_max: z.number().int().min(0).default(20).describe("Tags that one span can have; those after them are left out."),
  label_characters_max: z
    .number()
    .int()
    .min(16)
    .default(500)
    .describe("Characters of a name that others are counted by (session, user, model, tag …); a longer one is cut."),
});

export type MeaningConfig = z.infer<typeof meaningConfigSchema>;
