// The `gateway.api_routes` branch of the config tree: bounds of the routes that are made by API.
import { z } from "zod";
import { byteSize, duration } from "../../kernel/index.ts";

export const apiRoutesSchema = z.strictObject({
  routes_max: z
    .number()
    .int()
    .min(0)
    .max(100_000)
    .default(1000)
    .describe("routes made by API; of so many that were deleted, the history is kept"),
  versions_max: z.number().int().min(1).max(1000).default(100).describe("of each route, the newest"),
  plan_bytes_max: byteSize()
    .default(64 * 1024)
    .describe("of one plan, as JSON"),
  interval: duration().default(500).describe("how often it is looked whether another process has changed a route"),
});
export type ApiRoutesConfig = z.output<typeof apiRoutesSchema>;
