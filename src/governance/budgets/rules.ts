// Budgets and limits as rules, of the config and of the directory: of whom, how much of what, in which window.
import { usdMicros } from "../../kernel/index.ts";
import { OWN_ORGANISATION } from "../../policy/index.ts";
import { joinKinds, type Kind, OWN_NAME } from "./kinds.ts";
import type { Budget, Limit } from "./config.ts";
import type { OwnBudget, OwnLimit } from "./contract.ts";
import { calendarWindow, LENGTHS_MS, noWindow, slidingWindow, type Window } from "./window.ts";

/** What is counted. */
export type Unit = "usd" | "tokens" | "requests" | "calls_in_flight";

export interface Rule {
  of: readonly Kind[];
  /** In the order of the kinds; undefined: each of that kind. */
  names: readonly (string | undefined)[];
  unit: Unit;
  every: Budget["every"] | Limit["every"] | null;
  cap: number;
  /** Of a burst. */
  refillPerMs?: number;
  soft: number | undefined;
  whenShort: Budget["when_short"];
  window(nowMs: number): Window;
}

export function rulesOf({ budgets, limits }: { budgets: readonly Budget[]; limits: readonly Limit[] }): Rule[] {
  return [...budgets.map(ruleOfBudget), ...limits.flatMap(rulesOfLimit)];
}

export interface Owner {
  of: "organisation" | "team" | "project" | "user" | "key";
  name: string;
}

/** Of what one organisation, user, team, project or key carries of its own. */
export function ownRules(
  owner: Owner,
  { budgets, limits }: { budgets: readonly OwnBudget[]; limits: readonly OwnLimit[] },
): readonly Rule[] {
  return rulesOf({
    budgets: budgets.map((budget) => ({ ...budget, ...owner })),
    limits: limits.map((limit) => ({ ...limit, ...owner })),
  });
}

function ruleOfBudget({ usd, every, soft_usd: soft, when_short: whenShort, ...whose }: Budget): Rule {
  return {
    ...bearersOf(whose),
    unit: "usd",
    every,
    cap: usdMicros(usd),
    soft: soft === undefined ? undefined : usdMicros(soft),
    whenShort,
    window: (nowMs) => calendarWindow(every, nowMs),
  };
}

function rulesOfLimit({ every, of, name, burst, ...amounts }: Limit): Rule[] {
  const units = ["requests", "tokens", "calls_in_flight"] as const;
  return units.flatMap((unit): Rule[] => {
    const cap = amounts[unit];
    if (cap === undefined) return [];
    const fixed = { ...bearersOf({ of, name }), unit, cap, soft: undefined, whenShort: "refuse" } as const;
    if (unit === "calls_in_flight") return [{ ...fixed, every: null, window: () => noWindow }];
    const limit = { ...fixed, every, window: (nowMs: number) => slidingWindow(every, nowMs) };
    if (unit !== "requests" || burst === undefined) return [limit];
    return [limit, { ...fixed, every, cap: burst, refillPerMs: cap / LENGTHS_MS[every], window: () => noWindow }];
  });
}

/** A model is written vendor/model; what has no slash names a route. */
function bearersOf({ of, name }: Pick<Limit, "of" | "name">): Pick<Rule, "of" | "names"> {
  const written = typeof of === "string" ? [of] : of;
  const given = typeof name === "string" ? [name] : (name ?? []);
  const names = written.map((kind, index) => {
    const one = given[index] === "*" && written.length > 1 ? undefined : given[index];
    return kind === "organisation" && one === OWN_ORGANISATION ? OWN_NAME : one;
  });
  const isRoute = (kind: Kind, index: number): boolean =>
    kind === "model" && names[index] !== undefined && !names[index].includes("/");
  return { of: written.map((kind, index) => (isRoute(kind, index) ? "route" : kind)), names };
}

/** What is said of one alone takes the place of what is said of each. */
export function withoutReplaced(rules: readonly Rule[]): Rule[] {
  if (rules.length < 2) return [...rules];
  const closest = new Map<string, number>();
  for (const rule of rules) closest.set(sortOf(rule), Math.max(namedIn(rule), closest.get(sortOf(rule)) ?? 0));
  return rules.filter((rule) => namedIn(rule) === closest.get(sortOf(rule)));
}

function sortOf({ of, unit, every }: Rule): string {
  return `${joinKinds(of)}/${unit}/${every}`;
}

function namedIn({ names }: Rule): number {
  return names.filter((name) => name !== undefined).length;
}
