// The `policy` branch of the config: where policies come from, and the bounds of what is kept of them.
import { z } from "zod";

export const policyConfigSchema = z
  .strictObject({
    decisions_max: z
      .number()
      .int()
      .min(1)
      .default(50_000)
      .describe("decisions that are kept for the next such question"),
    subjects_acted_for_max: z
      .number()
      .int()
      .min(1)
      .default(8)
      .describe("how many may act for each other in a row, before it is a no"),
  })
  .prefault({});

export type PolicyConfig = z.output<typeof policyConfigSchema>;
