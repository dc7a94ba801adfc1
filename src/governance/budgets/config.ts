// Caps on money, requests, tokens and calls in flight, as an operator writes them.
import { z } from "zod";
import { limitsSomething, LIMITS_NOTHING, ownBudgetFields, ownLimitFields } from "./contract.ts";

const of = z
  .enum(["organisation", "team", "project", "user", "key"])
  .describe("whose; without a name each of that kind has a cap of its own");
const name = z.string().min(1).max(200).optional().describe("of this one alone; a key by its id");

export const budgetSchema = z.strictObject({ of, name, ...ownBudgetFields });
export type Budget = z.output<typeof budgetSchema>;

export const limitSchema = z.strictObject({ of, name, ...ownLimitFields }).refine(limitsSomething, LIMITS_NOTHING);
export type Limit = z.output<typeof limitSchema>;

export const BUDGETS_MAX = 1000;
