// The `gateway.health` branch of the config: when a target that fails is left alone, and how often calls are tried again.
import { z } from "zod";
import { duration } from "../../kernel/index.ts";
import { probesSchema } from "../probes/config.ts";

export const healthSchema = z.strictObject({
  adaptive: z
    .boolean()
    .default(false)
    .describe(
      "stay below the limits that vendors tell of in their headers, or show by turning calls away: calls wait for their turn, team by team, or go to another target",
    ),
  adaptive_wait_max: duration()
    .default(10_000)
    .describe("a call whose turn at every target would come later is refused with 429"),
  adaptive_waiting_max: z
    .number()
    .int()
    .min(0)
    .max(100_000)
    .default(1024)
    .describe("calls that may wait for their turn at one target"),
  window: duration()
    .default(30_000)
    .describe("how long what a target did counts: after this time it weighs a third of what just happened"),
  targets_max: z.number().int().min(1).max(100_000).default(4096).describe("targets of which this is kept in mind"),
  breaker_failures: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(5)
    .describe("failures in a row after which a target is left alone for a while; 0: never"),
  breaker_share: z
    .number()
    .min(0.01)
    .max(1)
    .default(0.5)
    .describe("as many, not in a row, are enough when they are this share of its recent attempts"),
  breaker_rest: duration()
    .default(5_000)
    .describe("for how long; then one call tries whether it is back, and each that fails doubles it"),
  breaker_rest_max: duration().default(30_000),
  when_all_rest: z
    .enum(["refuse", "try"])
    .default("refuse")
    .describe("what becomes of a call all of whose targets are left alone: 503 at once, or tried all the same"),
  retry_share: z
    .number()
    .min(0)
    .max(1)
    .default(0.1)
    .describe("how many tries at a target may be repeated ones, of its recent first ones"),
  retry_floor: z.number().int().min(0).max(1000).default(3).describe("repeated tries allowed beyond that share"),
  probes: probesSchema.prefault({}),
});

export type HealthConfig = z.output<typeof healthSchema>;
