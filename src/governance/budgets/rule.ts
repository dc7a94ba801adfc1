// A rule: how much of what, in which window, of whom. Budgets and limits become rules, of the config and of the directory.
import { usdMicros } from "../../kernel/index.ts";
import type { Budget, Limit } from "./config.ts";
import type { OwnBudget, OwnLimit } from "./contract.ts";
import { calendarWindow, noWindow, slidingWindow, type Window } from "./window.ts";

/** What is counted. */
export type Unit = "usd" | "tokens" | "requests" | "calls_in_flight";

export interface Rule {
  of: Budget["of"];
  /** Undefined for each of that kind. */
  name: string | undefined;
  unit: Unit;
  every: Budget["every"] | Limit["every"] | null;
  cap: number;
  soft: number | undefined;
  whenShort: Budget["when_short"];
  window(nowMs: number): Window;
}

export function rulesOfConfig({ budgets, limits }: { budgets: readonly Budget[]; limits: readonly Limit[] }): Rule[] {
  return [...budgets.map(ruleOfBudget), ...limits.flatMap(rulesOfLimit)];
}

export interface Owner {
  of: Exclude<Budget["of"], "organisation">;
  name: string;
}

/** Of what one user, team, project or key carries of its own. */
export function ownRules(
  owner: Owner,
  { budgets, limits }: { budgets: readonly OwnBudget[]; limits: readonly OwnLimit[] },
): readonly Rule[] {
  return rulesOfConfig({
    budgets: budgets.map((budget) => ({ ...budget, ...owner })),
    limits: limits.map((limit) => ({ ...limit, ...owner })),
  });
}

function ruleOfBudget({ of, name, usd, every, soft_usd: soft, when_short: whenShort }: Budget): Rule {
  return {
    of,
    name,
    unit: "usd",
    every,
    cap: usdMicros(usd),
    soft: soft === undefined ? undefined : usdMicros(soft),
    whenShort,
    window: (nowMs) => calendarWindow(every, nowMs),
  };
}

function rulesOfLimit({ of, name, every, ...amounts }: Limit): Rule[] {
  const units = ["requests", "tokens", "calls_in_flight"] as const;
  return units.flatMap((unit): Rule[] => {
    const cap = amounts[unit];
    if (cap === undefined) return [];
    const fixed = { of, name, unit, cap, soft: undefined, whenShort: "refuse" } as const;
    if (unit === "calls_in_flight") return [{ ...fixed, every: null, window: () => noWindow }];
    return [{ ...fixed, every, window: (nowMs) => slidingWindow(every, nowMs) }];
  });
}
