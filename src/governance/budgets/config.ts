// Caps on money, requests, tokens and calls in flight, as an operator writes them.
import { z } from "zod";
import { isOfTarget, kinds } from "./kinds.ts";
import {
  BURST_ALONE,
  hasRequestsForBurst,
  limitsSomething,
  LIMITS_NOTHING,
  ownBudgetFields,
  ownLimitFields,
} from "./contract.ts";

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

export const budgetSchema = z
  .strictObject({ of, name, ...ownBudgetFields })
  .refine(isEachOnce, NOT_ONCE)
  .refine(isNamedInOrder, NAMED_OUT_OF_ORDER)
  .refine(
    ({ of: whose, when_short: policy }) => policy === "refuse" || !isOfTarget([whose].flat()),
    "a budget of a model or vendor has no when_short: the next target of the route is asked",
  );
export type Budget = z.output<typeof budgetSchema>;

export const limitSchema = z
  .strictObject({ of, name, ...ownLimitFields })
  .refine(limitsSomething, LIMITS_NOTHING)
  .refine(hasRequestsForBurst, BURST_ALONE)
  .refine(isEachOnce, NOT_ONCE)
  .refine(isNamedInOrder, NAMED_OUT_OF_ORDER);
export type Limit = z.output<typeof limitSchema>;

export const BUDGETS_MAX = 1000;
