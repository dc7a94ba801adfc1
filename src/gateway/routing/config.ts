// What routes expect of calls, and the bounds of what is remembered for them. The routes themselves are in language.ts.
import { z } from "zod";
import { duration } from "../../kernel/index.ts";

export const routingSchema = z.strictObject({
  expected_output_tokens: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(500)
    .describe("how long an answer is taken to be where cost or latency decide, if the request does not allow less"),
  sessions_max: z
    .number()
    .int()
    .min(1)
    .max(10_000_000)
    .default(50_000)
    .describe("conversations whose target this process remembers; beyond it the longest silent is forgotten"),
  session_ttl: duration()
    .default(60 * 60_000)
    .describe("a conversation that is silent for longer begins anew; as long as vendors keep prompts in their caches"),
});
export type RoutingConfig = z.output<typeof routingSchema>;
