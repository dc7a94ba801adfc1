// One visit before a call is sent: its worst case is held against every cap that it is under, and its true cost put in
// that place when it ends.
import { formatUsd, type World } from "../../kernel/index.ts";
import type { Account, HoldResult, Leases, Shortage } from "../../leases/index.ts";
import { governanceErrors } from "../errors.ts";
import type { Bearer } from "./bearer.ts";
import type { Cap, Caps } from "./caps.ts";
import type { Unit } from "./rules.ts";

/** The most that a call may come to. */
export interface WorstCase {
  /** Null where the model has no known price, or the answer no known bound. */
  usd_micros: number | null;
  tokens: number;
  /** `openai/gpt-4o`, for a refusal that helps. */
  target: string;
}

export interface Hold {
  /** Micro-dollars held; 0 where no money is capped. */
  readonly usd_micros: number;
  /** Tokens held; 0 where they are not capped. */
  readonly tokens: number;
  /** Budgets of which more is spent than they say is well: `team core: $82.10 of $100.00 spent`. */
  readonly warnings: readonly string[];
  /** What is left of requests and tokens in their windows, the scarcest of each. */
  readonly quotas: readonly Quota[];
  /** What it came to. A second time does nothing. */
  settle(actual: Actual): void;
}

export interface Actual {
  usd_micros: number;
  tokens: number;
  /** 0 where nobody was asked after all. */
  requests: 0 | 1;
}

/** As far as this process heard; after this call. */
export interface Quota {
  unit: "requests" | "tokens";
  limit: number;
  remaining: number;
  /** Until something of it comes back, at the soonest. */
  resetMs: number;
}

export interface Holds {
  /**
   * Undefined for a caller without caps; else what is held, at once where this process has the capacity at hand.
   * `worstCase` is asked only when it matters. With `only`, caps on anything else are left alone. Throws `governance.budget_short`, `governance.limit_reached`,
   * `governance.unpriced` and `governance.capacity_unknown`.
   */
  hold(bearer: Bearer, worstCase: () => WorstCase, only?: Unit): Held;
  /** The same against the caps of the bearer's target, before it is asked. */
  holdTarget(bearer: Bearer, worstCase: () => WorstCase): Held;
  /** False where `holdTarget` has nothing to hold, whatever the target. */
  limitsTargets(): boolean;
}

type Held = Hold | Promise<Hold> | undefined;

export function createHolds(caps: Caps, { leases, world }: { leases: Leases; world: Pick<World, "nowMs"> }): Holds {
  function holdAll(own: readonly Cap[], worstCase: () => WorstCase): Held {
    if (own.length === 0) return undefined;
    const worst = worstCase();
    const amounts = own.map(({ unit, whose }) => amountOf(unit, worst, whose));
    const result = leases.hold(own.map(({ account }, index) => ({ account, amount: amounts[index] ?? 0 })));
    const asking = { own, amounts, nowMs: world.nowMs() };
    return result instanceof Promise
      ? result.then((late) => holdFrom(late, asking, leases))
      : holdFrom(result, asking, leases);
  }

  return {
    hold(bearer, worstCase, only) {
      const all = caps.of(bearer, world.nowMs());
      return holdAll(only === undefined ? all : all.filter(({ unit }) => unit === only), worstCase);
    },
    holdTarget: (bearer, worstCase) => holdAll(caps.ofTarget(bearer, world.nowMs()), worstCase),
    limitsTargets: () => caps.hasOfTargets,
  };
}

function amountOf(unit: Unit, worst: WorstCase, whose: string): number {
  if (unit === "tokens") return worst.tokens;
  if (unit !== "usd") return 1;
  if (worst.usd_micros === null) throw governanceErrors.unpriced({ target: worst.target, whose });
  return worst.usd_micros;
}

interface Asking {
  own: readonly Cap[];
  amounts: readonly number[];
  nowMs: number;
}

function holdFrom(result: HoldResult, asking: Asking, leases: Leases): Hold {
  if (!result.ok) throw refusalOf(result, asking);
  const { own, amounts } = asking;
  const heldOf = (unit: Unit): number => amounts[own.findIndex((cap) => cap.unit === unit)] ?? 0;
  let isSettled = false;
  return {
    usd_micros: heldOf("usd"),
    tokens: heldOf("tokens"),
    warnings: own.flatMap((cap) => warningOf(cap, leases)),
    quotas: quotasOf(asking, leases),
    settle(actual) {
      if (isSettled) return;
      isSettled = true;
      result.settle(own.map(({ unit }) => actualOf(unit, actual)));
    },
  };
}

/** As far as this process heard of what all have spent, which is about a second ago. */
function warningOf({ whose, account, soft }: Cap, leases: Leases): string[] {
  if (soft === undefined) return [];
  const spent = leases.spent(account) ?? 0;
  return spent < soft ? [] : [`${whose}: ${formatUsd(spent)} of ${formatUsd(account.cap)} spent`];
}

const LIMITED_UNITS = ["requests", "tokens"] as const;

function quotasOf({ own, amounts, nowMs }: Asking, leases: Leases): Quota[] {
  const quotas = own.flatMap(({ unit, account }, index): Quota[] => {
    if (unit !== "requests" && unit !== "tokens") return [];
    const spent = leases.spent(account) ?? 0;
    const remaining = Math.max(0, account.cap - spent - (amounts[index] ?? 0));
    return [{ unit, limit: account.cap, remaining, resetMs: comesBackIn(account, 1, nowMs) }];
  });
  return scarcest(quotas);
}

/** Until as much as is lacking is there again, at the soonest. */
function comesBackIn({ endsAtMs, refillPerMs }: Account, lacking: number, nowMs: number): number {
  return Math.max(0, refillPerMs === undefined ? endsAtMs - nowMs : Math.ceil(lacking / refillPerMs));
}

/** Of each unit the one of which the least is left. */
export function scarcest(quotas: readonly Quota[]): Quota[] {
  return LIMITED_UNITS.flatMap((unit) => {
    const ofUnit = quotas.filter((quota) => quota.unit === unit);
    const [first] = ofUnit.toSorted((a, b) => a.remaining - b.remaining);
    return first ?? [];
  });
}

/** A place is free again. */
function actualOf(unit: Unit, { usd_micros, tokens, requests }: Actual): number {
  if (unit === "usd") return usd_micros;
  if (unit === "tokens") return tokens;
  return unit === "requests" ? requests : 0;
}

function refusalOf({ account, left, isUnknown }: Shortage, { own, amounts, nowMs }: Asking) {
  const index = own.findIndex((cap) => cap.account.id === account.id);
  const cap = own[index];
  if (!cap || isUnknown) return governanceErrors.capacity_unknown({ retryAfterMs: UNKNOWN_RETRY_MS });
  const amount = amounts[index] ?? 0;
  const { unit, whose, every } = cap;
  if (unit !== "usd")
    return governanceErrors.limit_reached({
      whose,
      limit: limitOf(cap),
      retryAfterMs: every === null ? UNKNOWN_RETRY_MS : Math.max(1, comesBackIn(account, amount - left, nowMs)),
    });
  return governanceErrors.budget_short({
    whose,
    every: every ?? "ever",
    cap: formatUsd(account.cap),
    left: formatUsd(Math.max(0, left)),
    needed: formatUsd(amount),
    left_usd_micros: Math.max(0, left),
    when_short: cap.whenShort,
    renews_at: every === "ever" ? null : new Date(account.endsAtMs).toISOString(),
  });
}

function limitOf({ unit, every, account }: Cap): string {
  const amount = `${account.cap} ${unit.replaceAll("_", " ")}`;
  if (account.refillPerMs !== undefined) return `${amount} at once`;
  return every === null ? amount : `${amount} every ${every}`;
}

const UNKNOWN_RETRY_MS = 1000;
