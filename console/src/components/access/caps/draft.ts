// Budgets and limits as they are typed, and as the API takes them.
import type { Entry } from "../../../../../src/governance/contract.ts";
import { microsToUsd, usdToMicros } from "./usd.ts";

type OwnBudget = Entry["budgets"][number];
type OwnLimit = Entry["limits"][number];

export interface BudgetDraft {
  usdMicros: number | null;
  every: OwnBudget["every"];
  whenShort: OwnBudget["when_short"];
  softMicros: number | null;
}

export interface LimitDraft {
  unit: "requests" | "tokens" | "calls_in_flight";
  amount: number | null;
  every: OwnLimit["every"];
  burst: number | null;
}

export interface CapsDraft {
  budgets: readonly BudgetDraft[];
  limits: readonly LimitDraft[];
}

export const noCaps: CapsDraft = { budgets: [], limits: [] };
export const newBudget: BudgetDraft = { usdMicros: null, every: "month", whenShort: "refuse", softMicros: null };
export const newLimit: LimitDraft = { unit: "requests", amount: null, every: "minute", burst: null };

export function draftOf({ budgets, limits }: Pick<Entry, "budgets" | "limits">): CapsDraft {
  return {
    budgets: budgets.map(({ usd, every, when_short: whenShort, soft_usd: soft }) => ({
      usdMicros: usdToMicros(usd),
      every,
      whenShort,
      softMicros: soft === undefined ? null : usdToMicros(soft),
    })),
    // One that limits several things at once is as many limits.
    limits: limits.flatMap((limit) =>
      (["requests", "tokens", "calls_in_flight"] as const).flatMap((unit) => {
        const amount = limit[unit];
        if (amount === undefined) return [];
        return [{ unit, amount, every: limit.every, burst: unit === "requests" ? (limit.burst ?? null) : null }];
      }),
    ),
  };
}

/** What is left empty bounds nothing, and is not sent. */
export function capsFrom({ budgets, limits }: CapsDraft): Pick<Entry, "budgets" | "limits"> {
  return {
    budgets: budgets.flatMap(({ usdMicros, every, whenShort, softMicros }) => {
      if (usdMicros === null) return [];
      const soft = softMicros === null ? {} : { soft_usd: microsToUsd(softMicros) };
      return [{ usd: microsToUsd(usdMicros), every, when_short: whenShort, ...soft }];
    }),
    limits: limits.flatMap(({ unit, amount, every, burst }) => {
      if (amount === null) return [];
      return [{ [unit]: amount, every, ...(unit === "requests" && burst !== null && { burst }) }];
    }),
  };
}
