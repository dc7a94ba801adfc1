// Which caps a call is under, as accounts of the leases: those of who asks, from where and by which route; and, for each target
// that is asked, those of the target. The config's and those that a key, user, team or project carries of its own hold together.
import { LRUCache } from "lru-cache";
import type { Account } from "../../leases/index.ts";
import { OWN_ORGANISATION } from "../../policy/index.ts";
import { type Bearer, nameOf } from "./bearer.ts";
import type { Budget, Limit } from "./config.ts";
import {
  describeBearer,
  isNamedWithin,
  isOfOrganisation,
  isOfTarget,
  joinKinds,
  joinNames,
  type Kind,
  splitNames,
} from "./kinds.ts";
import { type Rule, rulesOf, type Unit, withoutReplaced } from "./rules.ts";
import { unitWithin } from "./seen-accounts.ts";

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
      const { window, of, name, unit, organisation } = partsOf(accountId);
      // A burst is a part of its limit.
      const isBehind = (rule: Rule): boolean =>
        rule.unit === unit &&
        !rule.refillPerMs &&
        windowName(rule) === window &&
        joinKinds(rule.of) === of &&
        isNamed(rule, splitNames(name, rule.of));
      const ofOperator = rules.filter((rule) => isSaidOf(rule, organisation) && isBehind(rule));
      const behind = [...withoutReplaced(ofOperator), ...own.filter(isBehind)];
      return behind
        .map((rule) => capOf(rule, { names: splitNames(name, rule.of), organisation, nowMs }))
        .reduce<Cap | undefined>(lowerOf, undefined);
    },
  };
}

/** Whose an account is, from its id. */
export function ownerOf(accountId: string): AccountOwner {
  const { of, name, organisation } = partsOf(accountId);
  return { of, name, organisation };
}

export interface AccountOwner {
  of: string;
  name: string;
  organisation: string;
}

function partsOf(accountId: string): AccountOwner & { unit: string; window: string } {
  const [counted = "", window = "", of = "", ...rest] = accountId.split("/");
  const [unit = "", organisation = OWN_ORGANISATION] = counted.split("@");
  return { unit, organisation, window, of, name: rest.join("/") };
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
  const asked = [...new Set<Kind>(["organisation", ...rules.flatMap(({ of }) => of)])];
  return (bearer, nowMs) => {
    const key = asked.map((kind) => nameOf(bearer, kind) ?? NOBODY).join(BETWEEN);
    const kept = known.get(key);
    if (kept && nowMs < kept.untilMs) return kept.caps;
    const saidOf = rules.filter((rule) => isSaidOf(rule, bearer.principal.organisation));
    const caps = capsOf(bearer, saidOf, nowMs);
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
  const { organisation } = bearer.principal;
  return withoutReplaced(applying).map((rule) =>
    capOf(rule, { names: namesOf(bearer, rule.of) as string[], organisation, nowMs }),
  );
}

/** Whether a rule of the config can be of somebody there. */
function isSaidOf({ of, names }: Rule, organisation: string): boolean {
  return (
    organisation === OWN_ORGANISATION || !of.some((kind, index) => isNamedWithin(kind) && names[index] !== undefined)
  );
}

function namesOf(bearer: Bearer, of: readonly Kind[]): (string | null)[] {
  return of.map((kind) => nameOf(bearer, kind));
}

function isNamed(rule: Rule, names: readonly (string | null)[]): boolean {
  return names.every((name, index) => name !== null && (rule.names[index] ?? name) === name);
}

interface Borne {
  names: readonly string[];
  organisation: string;
  nowMs: number;
}

function capOf(rule: Rule, { names, organisation, nowMs }: Borne): Cap {
  const { of, unit, every, cap, refillPerMs, soft, whenShort, window } = rule;
  const counted = isOfOrganisation(of) ? unitWithin(unit, organisation) : unit;
  const account: Account = {
    id: [counted, windowName(rule), joinKinds(of), joinNames(names)].join("/"),
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
