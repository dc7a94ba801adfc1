// Caps that a user, team, project or key carries of its own: as in the config, without saying whose they are.
import { z } from "zod";

export const ownBudgetFields = {
  usd: z.number().nonnegative().max(1e9).describe("no more than this is spent, whatever happens"),
  every: z.enum(["day", "week", "month", "ever"]).default("month").describe("in UTC; a week begins on Monday"),
  when_short: z
    .enum(["refuse", "lower_max_tokens", "cheaper_target"])
    .default("refuse")
    .describe(
      "for a call that may cost more than is left: refuse it, shorten its answer, or ask a cheaper target of its route",
    ),
  soft_usd: z.number().nonnegative().optional().describe("from here on answers carry a warning"),
};

export const ownLimitFields = {
  requests: z.number().int().min(0).optional(),
  burst: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe("no more requests than this at once; they come back evenly, at the rate that requests says"),
  tokens: z.number().int().min(0).optional().describe("input and output together"),
  calls_in_flight: z.number().int().min(1).optional().describe("at once, over all processes"),
  every: z.enum(["minute", "hour", "day"]).default("minute").describe("any stretch of time of this length"),
};

type LimitAmounts = Record<"requests" | "tokens" | "calls_in_flight", number | undefined>;

export const limitsSomething = (limit: Partial<LimitAmounts>): boolean =>
  limit.requests !== undefined || limit.tokens !== undefined || limit.calls_in_flight !== undefined;
export const LIMITS_NOTHING = "say requests, tokens or calls_in_flight";

export const hasRequestsForBurst = ({
  burst,
  requests,
}: {
  burst?: number | undefined;
  requests?: number | undefined;
}): boolean => burst === undefined || (requests ?? 0) > 0;
export const BURST_ALONE = "a burst needs requests that it refills by";

export const ownBudgetSchema = z.strictObject(ownBudgetFields);
export const ownLimitSchema = z
  .strictObject(ownLimitFields)
  .refine(limitsSomething, LIMITS_NOTHING)
  .refine(hasRequestsForBurst, BURST_ALONE);

export type OwnBudget = z.output<typeof ownBudgetSchema>;
export type OwnLimit = z.output<typeof ownLimitSchema>;

/** Of one user, team, project or key. */
export const OWN_CAPS_MAX = 16;
export const ownBudgets = z.array(ownBudgetSchema).max(OWN_CAPS_MAX);
export const ownLimits = z.array(ownLimitSchema).max(OWN_CAPS_MAX);
