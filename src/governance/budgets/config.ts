// Caps on money, requests, tokens and calls in flight, as an operator writes them.
import { z } from "zod";

const of = z
  .enum(["organisation", "team", "project", "user", "key"])
  .describe("whose; without a name each of that kind has a cap of its own");
const name = z.string().min(1).max(200).optional().describe("of this one alone; a key by its id");

export const budgetSchema = z.strictObject({
  of,
  name,
  usd: z.number().nonnegative().max(1e9).describe("no more than this is spent, whatever happens"),
  every: z.enum(["day", "week", "month", "ever"]).default("month").describe("in UTC; a week begins on Monday"),
  when_short: z
    .enum(["refuse", "lower_max_tokens", "cheaper_target"])
    .default("refuse")
    .describe(
      "for a call that may cost more than is left: refuse it, shorten its answer, or ask a cheaper target of its route",
    ),
  soft_usd: z.number().nonnegative().optional().describe("from here on answers carry a warning"),
});
export type Budget = z.output<typeof budgetSchema>;

export const limitSchema = z
  .strictObject({
    of,
    name,
    requests: z.number().int().min(0).optional(),
    tokens: z.number().int().min(0).optional().describe("input and output together"),
    calls_in_flight: z.number().int().min(1).optional().describe("at once, over all processes"),
    every: z.enum(["minute", "hour", "day"]).default("minute").describe("any stretch of time of this length"),
  })
  .refine(
    ({ requests, tokens, calls_in_flight: calls }) =>
      requests !== undefined || tokens !== undefined || calls !== undefined,
    "say requests, tokens or calls_in_flight",
  );
export type Limit = z.output<typeof limitSchema>;

export const BUDGETS_MAX = 1000;
