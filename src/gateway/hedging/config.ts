// The `gateway.hedging` branch of the config: which streams are asked of a second target when the first token is late.
import { z } from "zod";

export const hedgingSchema = z.strictObject({
  routes: z
    .array(z.string().min(1).max(200))
    .max(1000)
    .default([])
    .describe(
      'model names whose streams may be asked of a second target when the first token is late; ["*"] for all. Both are paid for',
    ),
  share: z.number().min(0).max(1).default(0.05).describe("at most this share of a target's recent calls"),
  calls_min: z
    .number()
    .int()
    .min(5)
    .max(128)
    .default(20)
    .describe("streams that a target must have answered before it is known what is late for it"),
});

export type HedgingConfig = z.output<typeof hedgingSchema>;
