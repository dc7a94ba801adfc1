// The `gateway.health.probes` branch of the config: whether targets are asked for no caller's sake.
import { z } from "zod";
import { duration } from "../../kernel/index.ts";

export const probesSchema = z.strictObject({
  enabled: z.boolean().default(false),
  ask: z
    .enum(["models", "token"])
    .default("models")
    .describe("for its list of models, which costs nothing; or for an answer of a few tokens, which is paid for"),
  every: duration()
    .default(30_000)
    .describe("a target of a route that had no call for so long is asked; one that is left alone, when its rest ends"),
  timeout: duration().default(10_000).describe("beyond it the target has failed"),
  at_once_max: z.number().int().min(1).max(100).default(4).describe("targets that are asked at the same time"),
});

export type ProbesConfig = z.output<typeof probesSchema>;
