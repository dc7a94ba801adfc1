// Which caps a call is under, as accounts of the leases: those of who asks, from where and by which route; and, for each target
// that is asked, those of the target.
import { LRUCache } from "lru-cache";
import type { Account } from "../../leases/index.ts";
import {
  type Bearer,
  describeBearer,
  isOfTarget,
  joinKinds,
  joinNames,
  type Kind,
  nameOf,
  splitNames,
} from "./bearer.ts";
import type { Budget, Limit } from "./config.ts";
import { type Rule, rulesOf, type Unit, withoutReplaced } from "./rules.ts";

export interface Cap {
  unit: Unit;
  /** `team core`, for people. */
  whose: string;
  every: Rule["every"];
  account: Account;
  soft: number | undefined;
  whenShort: Budget["when_short"];
}

/** Kept at hand. */
const BEARERS_MAX = 10_000;

export interface Caps {
  /** Those of a caller at this moment; an empty list for one who has none. */
  of(bearer: Bearer, nowMs: number): readonly Cap[];
  /** Those of the bearer's target, to be asked for the caller. */
  ofTarget(bearer: Bearer, nowMs: number): readonly Cap[];
  /** False where no cap is of a target. */
  readonly hasOfTargets: boolean;
  /** The cap behind an account's id; undefined when the config has it no more. */
  behind(accountId: string, nowMs: number): Cap | undefined;
}

export function createCaps(config: { budgets: readonly Budget[]; limits: readonly Limit[] }): Caps {
  const rules = rulesOf(config);
  const ofTargets = rules.filter(({ of }) => isOfTarget(of));
  return {
    of: createLookup(rules.filter(({ of }) => !isOfTarget(of))),
    ofTarget: createLookup(ofTargets),
    hasOfTargets: ofTargets.length > 0,
    behind(accountId, nowMs) {
      const [unit, every, of = "", ...rest] = accountId.split("/");
      // A burst is a part of its limit.
      const fitting = rules.filter((rule) => rule.unit === unit && !rule.refillPerMs && windowName(rule) === every);
      const [rule] = withoutReplaced(
        fitting.filter((each) => joinKinds(each.of) === of && isNamed(each, splitNames(rest.join("/"), each.of))),
      );
      return rule && capOf(rule, splitNames(rest.join("/"), rule.of), nowMs);
    },
  };
}

/** A bearer's caps are the same until one of their windows ends. */
interface Known {
  caps: readonly Cap[];
  untilMs: number;
}

function createLookup(rules: readonly Rule[]): Caps["of"] {
  if (rules.length === 0) return () => [];
  const known = new LRUCache<string, Known>({ max: BEARERS_MAX });
  const asked = [...new Set(rules.flatMap(({ of }) => of))];
  return (bearer, nowMs) => {
    const key = asked.map((kind) => nameOf(bearer, kind) ?? NOBODY).join(BETWEEN);
    const kept = known.get(key);
    if (kept && nowMs < kept.untilMs) return kept.caps;
    const caps = capsOf(bearer, rules, nowMs);
    known.set(key, { caps, untilMs: Math.min(...caps.map(({ account }) => account.endsAtMs)) });
    return caps;
  };
}

/** No name holds these, for PostgreSQL's text cannot. */
const NOBODY = "\u0000";
const BETWEEN = "\u0000\u0000";

function capsOf(bearer: Bearer, rules: readonly Rule[], nowMs: number): readonly Cap[] {
  const applying = rules.filter((rule) => isNamed(rule, namesOf(bearer, rule.of)));
  return withoutReplaced(applying).map((rule) => capOf(rule, namesOf(bearer, rule.of) as string[], nowMs));
}

function namesOf(bearer: Bearer, of: readonly Kind[]): (string | null)[] {
  return of.map((kind) => nameOf(bearer, kind));
}

function isNamed(rule: Rule, names: readonly (string | null)[]): boolean {
  return names.every((name, index) => name !== null && (rule.names[index] ?? name) === name);
}

function capOf(rule: Rule, names: readonly string[], nowMs: number): Cap {
  const { of, unit, every, cap, refillPerMs, soft, whenShort, window } = rule;
  const account: Account = {
    id: [unit, windowName(rule), joinKinds(of), joinNames(names)].join("/"),
    ...window(nowMs),
    cap,
    refillPerMs,
    onCrash: unit === "calls_in_flight" ? "freed" : "charged",
  };
  return { unit, whose: describeBearer(of, names), every, account, soft, whenShort };
}

function windowName({ every, refillPerMs }: Rule): string {
  return refillPerMs === undefined ? (every ?? "now") : `${every}-burst`;
}
