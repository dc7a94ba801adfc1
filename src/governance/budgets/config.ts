// Caps on money, requests, tokens and calls in flight, as an operator writes them.
import { z } from "zod";
import { isOfTarget, kinds } from "./bearer.ts";

const kind = z.enum(kinds);
const of = z
  .union([kind, z.array(kind).min(2).max(4)])
  .describe("whose; without a name each of that kind has a cap of its own, and of several kinds each combination");
const oneName = z.string().min(1).max(200);
const name = z
  .union([oneName, z.array(oneName).min(2).max(4)])
  .optional()
  .describe(
    "of this one alone: a key by its id, a model as vendor/model or a route's name, an address as it is counted; of several kinds one name each, * for any",
  );

interface Named {
  of: string | string[];
  name?: string | string[] | undefined;
}
const isNamedInOrder = ({ of: whose, name: given }: Named): boolean =>
  given === undefined ||
  (Array.isArray(whose) ? Array.isArray(given) && given.length === whose.length : typeof given === "string");
const NAMED_OUT_OF_ORDER = "name has one name for each kind in of, in the same order; * stands for any";
const isEachOnce = ({ of: whose }: Named): boolean => typeof whose === "string" || new Set(whose).size === whose.length;
const NOT_ONCE = "of has a kind twice";

const budgetFields = z.strictObject({
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
export const budgetSchema = budgetFields
  .refine(isEachOnce, NOT_ONCE)
  .refine(isNamedInOrder, NAMED_OUT_OF_ORDER)
  .refine(
    ({ of: whose, when_short: policy }) => policy === "refuse" || !isOfTarget([whose].flat()),
    "a budget of a model or vendor has no when_short: the next target of the route is asked",
  );
export type Budget = z.output<typeof budgetSchema>;

export const limitSchema = z
  .strictObject({
    of,
    name,
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
  })
  .refine(
    ({ requests, tokens, calls_in_flight: calls }) =>
      requests !== undefined || tokens !== undefined || calls !== undefined,
    "say requests, tokens or calls_in_flight",
  )
  .refine(
    ({ burst, requests }) => burst === undefined || (requests ?? 0) > 0,
    "a burst needs requests that it refills by",
  )
  .refine(isEachOnce, NOT_ONCE)
  .refine(isNamedInOrder, NAMED_OUT_OF_ORDER);
export type Limit = z.output<typeof limitSchema>;

export const BUDGETS_MAX = 1000;
