// Which caps a call is under, as accounts of the leases: those of who asks, from where and by which route; and, for each target
// that is asked, those of the target. The config's and those that a key, user, team or project carries of its own hold together.
import { LRUCache } from "lru-cache";
import type { Account } from "../../leases/index.ts";
import { type Bearer, nameOf } from "./bearer.ts";
import type { Budget, Limit } from "./config.ts";
import { describeBearer, isOfTarget, joinKinds, joinNames, type Kind, splitNames } from "./kinds.ts";
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
  /** The cap behind an account's id, where its owner carries these rules; undefined when there is none any more. */
  behind(accountId: string, own: readonly Rule[], nowMs: number): Cap | undefined;
}

export function createCaps(config: { budgets: readonly Budget[]; limits: readonly Limit[] }): Caps {
  const rules = rulesOf(config);
  const ofTargets = rules.filter(({ of }) => isOfTarget(of));
  const ofConfig = createLookup(rules.filter(({ of }) => !isOfTarget(of)));
  const withOwn = createOwnLookup();
  return {
    of(bearer, nowMs) {
      const caps = ofConfig(bearer, nowMs);
      const { ownCaps = [] } = bearer.principal;
      return ownCaps.length === 0 ? caps : withOwn({ bearer, caps, ownCaps }, nowMs);
    },
    ofTarget: createLookup(ofTargets),
    hasOfTargets: ofTargets.length > 0,
    behind(accountId, own, nowMs) {
      const { window, of, name, unit } = partsOf(accountId);
      // A burst is a part of its limit.
      const isBehind = (rule: Rule): boolean =>
        rule.unit === unit &&
        !rule.refillPerMs &&
        windowName(rule) === window &&
        joinKinds(rule.of) === of &&
        isNamed(rule, splitNames(name, rule.of));
      const behind = [...withoutReplaced(rules.filter(isBehind)), ...own.filter(isBehind)];
      return behind
        .map((rule) => capOf(rule, splitNames(name, rule.of), nowMs))
        .reduce<Cap | undefined>(lowerOf, undefined);
    },
  };
}

/** Whose an account is, from its id. */
export function ownerOf(accountId: string): { of: string; name: string } {
  const { of, name } = partsOf(accountId);
  return { of, name };
}

function partsOf(accountId: string): { unit: string; window: string; of: string; name: string } {
  const [unit = "", window = "", of = "", ...rest] = accountId.split("/");
  return { unit, window, of, name: rest.join("/") };
}

interface OwnCaps {
  bearer: Bearer;
  /** Of the config. */
  caps: readonly Cap[];
  ownCaps: readonly Rule[];
}

/** Remembered for as long as the rules stay the same, which are the same list until one of them changes. */
function createOwnLookup(): (own: OwnCaps, nowMs: number) => readonly Cap[] {
  const known = new WeakMap<readonly Rule[], Known & { beside: readonly Cap[] }>();
  return ({ bearer, caps, ownCaps }, nowMs) => {
    const kept = known.get(ownCaps);
    if (kept && kept.beside === caps && nowMs < kept.untilMs) return kept.caps;
    const lowest = new Map<string, Cap>();
    for (const cap of [...caps, ...capsOf(bearer, ownCaps, nowMs)])
      lowest.set(cap.account.id, lowerOf(lowest.get(cap.account.id), cap));
    const all = [...lowest.values()];
    known.set(ownCaps, { caps: all, beside: caps, untilMs: untilOf(all) });
    return all;
  };
}

/** Both hold, so the lower one does; and whoever is warned earlier is warned. */
function lowerOf(one: Cap | undefined, other: Cap): Cap {
  if (!one) return other;
  const lower = other.account.cap < one.account.cap ? other : one;
  const softs = [one.soft, other.soft].filter((soft) => soft !== undefined);
  return softs.length === 0 ? lower : { ...lower, soft: Math.min(...softs) };
}

/** A bearer's caps are the same until one of their windows ends. */
interface Known {
  caps: readonly Cap[];
  untilMs: number;
}

function createLookup(rules: readonly Rule[]): Caps["of"] {
  const none: readonly Cap[] = [];
  if (rules.length === 0) return () => none;
  const known = new LRUCache<string, Known>({ max: BEARERS_MAX });
  const asked = [...new Set(rules.flatMap(({ of }) => of))];
  return (bearer, nowMs) => {
    const key = asked.map((kind) => nameOf(bearer, kind) ?? NOBODY).join(BETWEEN);
    const kept = known.get(key);
    if (kept && nowMs < kept.untilMs) return kept.caps;
    const caps = capsOf(bearer, rules, nowMs);
    known.set(key, { caps, untilMs: untilOf(caps) });
    return caps;
  };
}

function untilOf(caps: readonly Cap[]): number {
  return Math.min(...caps.map(({ account }) => account.endsAtMs));
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
