// The `responses` branch of the config: how much is worked on and gone on from at once.
import { z } from "zod";

export const responsesConfigSchema = z
  .strictObject({
    background_max: z.number().int().min(0).default(1000).describe("answers worked on in the background at once"),
    history_items_max: z
      .number()
      .int()
      .min(1)
      .default(10_000)
      .describe("items of a conversation that `previous_response_id` may bring along"),
  })
  .prefault({});
export type ResponsesConfig = z.output<typeof responsesConfigSchema>;
