// Which caps a caller is under, as accounts of the leases: organisation, team, project, user and key, each with its windows.
import { LRUCache } from "lru-cache";
import { usdMicros } from "../../kernel/index.ts";
import type { Account } from "../../leases/index.ts";
import type { Principal } from "../principal.ts";
import type { Budget, Limit } from "./config.ts";
import { calendarWindow, noWindow, slidingWindow, type Window } from "./window.ts";

/** What is counted. */
export type Unit = "usd" | "tokens" | "requests" | "calls_in_flight";

export interface Cap {
  unit: Unit;
  /** `team core`, for people. */
  whose: string;
  every: Budget["every"] | Limit["every"] | null;
  account: Account;
  soft: number | undefined;
  whenShort: Budget["when_short"];
}

interface Rule {
  of: Budget["of"];
  name: string | undefined;
  unit: Unit;
  every: Cap["every"];
  cap: number;
  soft: number | undefined;
  whenShort: Budget["when_short"];
  window(nowMs: number): Window;
}

/** A caller's caps are the same until one of their windows ends. */
interface Known extends Pick<Principal, "user" | "team" | "project"> {
  caps: readonly Cap[];
  untilMs: number;
}

/** Kept at hand. */
const CALLERS_MAX = 10_000;

export interface Caps {
  /** Those of a caller at this moment; an empty list for one who has none. */
  of(principal: Principal, nowMs: number): readonly Cap[];
  /** The cap behind an account's id; undefined when the config has it no more. */
  behind(accountId: string, nowMs: number): Cap | undefined;
}

export function createCaps({ budgets, limits }: { budgets: readonly Budget[]; limits: readonly Limit[] }): Caps {
  const rules = [...budgets.map(ruleOfBudget), ...limits.flatMap(rulesOfLimit)];
  if (rules.length === 0) return { of: () => [], behind: () => undefined };
  const known = new LRUCache<string, Known>({ max: CALLERS_MAX });
  const isNamed = rules.filter(({ name }) => name !== undefined);
  const named = new Set(isNamed.map(({ of, name, unit, every }) => `${of}/${name}/${unit}/${every}`));

  function capsOf(principal: Principal, nowMs: number): readonly Cap[] {
    return rules.flatMap((rule) => {
      const name = nameOf(principal, rule.of);
      if (name === null || (rule.name !== undefined && rule.name !== name)) return [];
      // What is said of one alone takes the place of what is said of each.
      const isReplaced = rule.name === undefined && named.has(`${rule.of}/${name}/${rule.unit}/${rule.every}`);
      return isReplaced ? [] : [capOf(rule, name, nowMs)];
    });
  }

  return {
    of(principal, nowMs) {
      const { keyId, user, team, project } = principal;
      const kept = known.get(keyId);
      if (kept && nowMs < kept.untilMs && kept.user === user && kept.team === team && kept.project === project)
        return kept.caps;
      const caps = capsOf(principal, nowMs);
      const untilMs = Math.min(...caps.map(({ account }) => account.endsAtMs));
      known.set(keyId, { caps, untilMs, user, team, project });
      return caps;
    },
    behind(accountId, nowMs) {
      const [unit, every, of, ...rest] = accountId.split("/");
      const name = rest.join("/");
      const fitting = rules.filter((rule) => rule.unit === unit && rule.of === of && (rule.every ?? "now") === every);
      const rule = fitting.find((each) => each.name === name) ?? fitting.find((each) => each.name === undefined);
      return rule && capOf(rule, name, nowMs);
    },
  };
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

/** There is one organisation; who is in no team has no team's cap. */
function nameOf(principal: Principal, of: Budget["of"]): string | null {
  return of === "organisation" ? "" : of === "key" ? principal.keyId : principal[of];
}

function capOf({ of, unit, every, cap, soft, whenShort, window }: Rule, name: string, nowMs: number): Cap {
  const account: Account = {
    id: [unit, every ?? "now", of, name].join("/"),
    ...window(nowMs),
    cap,
    onCrash: unit === "calls_in_flight" ? "freed" : "charged",
  };
  return { unit, whose: name === "" ? of : `${of} ${name}`, every, account, soft, whenShort };
}
