// Which caps a caller is under, as accounts of the leases: organisation, team, project, user and key, each with its windows.
// The config's and those that they carry of their own hold together; of two on the same, the lower one.
import { LRUCache } from "lru-cache";
import type { Account } from "../../leases/index.ts";
import type { Principal } from "../principal.ts";
import type { Budget, Limit } from "./config.ts";
import { type Rule, rulesOfConfig, type Unit } from "./rule.ts";

export interface Cap {
  unit: Unit;
  /** `team core`, for people. */
  whose: string;
  every: Rule["every"];
  account: Account;
  soft: number | undefined;
  whenShort: Rule["whenShort"];
}

/** A caller's caps are the same until one of their windows ends, or other rules hold. */
interface Known extends Pick<Principal, "user" | "team" | "project"> {
  ownCaps: Principal["ownCaps"] | undefined;
  caps: readonly Cap[];
  untilMs: number;
}

/** Kept at hand. */
const CALLERS_MAX = 10_000;

export interface Caps {
  /** Those of a caller at this moment; an empty list for one who has none. */
  of(principal: Principal, nowMs: number): readonly Cap[];
  /** The cap behind an account's id, where its owner carries these rules; undefined when there is none any more. */
  behind(accountId: string, own: readonly Rule[], nowMs: number): Cap | undefined;
}

export function createCaps(config: { budgets: readonly Budget[]; limits: readonly Limit[] }): Caps {
  const rules = rulesOfConfig(config);
  const none: readonly Cap[] = [];
  const known = new LRUCache<string, Known>({ max: CALLERS_MAX });
  const isNamed = rules.filter(({ name }) => name !== undefined);
  const named = new Set(isNamed.map(({ of, name, unit, every }) => `${of}/${name}/${unit}/${every}`));

  /** What is said of one alone takes the place of what is said of each. */
  const isReplaced = (rule: Rule, name: string): boolean =>
    rule.name === undefined && named.has(`${rule.of}/${name}/${rule.unit}/${rule.every}`);

  function capsOf(principal: Principal, nowMs: number): readonly Cap[] {
    const lowest = new Map<string, Cap>();
    for (const rule of [...rules, ...(principal.ownCaps ?? [])]) {
      const name = nameOf(principal, rule.of);
      if (name === null || (rule.name !== undefined && rule.name !== name) || isReplaced(rule, name)) continue;
      const cap = capOf(rule, name, nowMs);
      lowest.set(cap.account.id, lowerOf(lowest.get(cap.account.id), cap));
    }
    return [...lowest.values()];
  }

  return {
    of(principal, nowMs) {
      const { keyId, user, team, project, ownCaps } = principal;
      if (rules.length === 0 && (ownCaps === undefined || ownCaps.length === 0)) return none;
      const kept = known.get(keyId);
      if (kept && nowMs < kept.untilMs && kept.ownCaps === ownCaps && isSameOwner(kept, principal)) return kept.caps;
      const caps = capsOf(principal, nowMs);
      const untilMs = Math.min(...caps.map(({ account }) => account.endsAtMs));
      known.set(keyId, { caps, untilMs, user, team, project, ownCaps });
      return caps;
    },
    behind(accountId, own, nowMs) {
      const { of, name } = ownerOf(accountId);
      const fitting = [...rules, ...own].filter(
        (rule) => rule.of === of && (rule.name ?? name) === name && !isReplaced(rule, name),
      );
      const caps = fitting.map((rule) => capOf(rule, name, nowMs)).filter(({ account }) => account.id === accountId);
      return caps.reduce<Cap | undefined>(lowerOf, undefined);
    },
  };
}

/** Whose an account is, from its id. */
export function ownerOf(accountId: string): { of: string; name: string } {
  const [, , of = "", ...rest] = accountId.split("/");
  return { of, name: rest.join("/") };
}

function isSameOwner(one: Known, { user, team, project }: Principal): boolean {
  return one.user === user && one.team === team && one.project === project;
}

/** Both hold, so the lower one does; and whoever is warned earlier is warned. */
function lowerOf(one: Cap | undefined, other: Cap): Cap {
  if (!one) return other;
  const lower = other.account.cap < one.account.cap ? other : one;
  const softs = [one.soft, other.soft].filter((soft) => soft !== undefined);
  return softs.length === 0 ? lower : { ...lower, soft: Math.min(...softs) };
}

/** There is one organisation; who is in no team has no team's cap. */
function nameOf(principal: Principal, of: Rule["of"]): string | null {
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
