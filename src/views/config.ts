// The `views` branch of the config: how many may be kept.
import { z } from "zod";

export const viewsConfigSchema = z
  .strictObject({
    per_owner_max: z.number().int().min(0).max(10_000).default(200).describe("views that one person or key may keep"),
    shared_max: z
      .number()
      .int()
      .min(0)
      .max(10_000)
      .default(500)
      .describe("views of others that are shown, the latest first"),
  })
  .prefault({});
export type ViewsConfig = z.output<typeof viewsConfigSchema>;
