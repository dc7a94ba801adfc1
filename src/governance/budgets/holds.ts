// One visit before a call is sent: its worst case is held against every cap that it is under, and its true cost put in
// that place when it ends.
import { formatUsd, type World } from "../../kernel/index.ts";
import type { HoldResult, Leases, Shortage } from "../../leases/index.ts";
import { governanceErrors } from "../errors.ts";
import type { Principal } from "../principal.ts";
import type { Cap, Caps } from "./caps.ts";
import type { Unit } from "./rule.ts";

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
  /** Budgets of which more is spent than they say is well: `team core: $82.10 of $100.00 spent`. */
  readonly warnings: readonly string[];
  /** What is left of requests and tokens in their windows, the scarcest of each. */
  readonly quotas: readonly Quota[];
  /** What it came to. A second time does nothing. */
  settle(actual: { usd_micros: number; tokens: number }): void;
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
  hold(principal: Principal, worstCase: () => WorstCase, only?: Unit): Hold | Promise<Hold> | undefined;
}

export function createHolds(caps: Caps, { leases, world }: { leases: Leases; world: Pick<World, "nowMs"> }): Holds {
  return {
    hold(principal, worstCase, only) {
      const all = caps.of(principal, world.nowMs());
      const own = only === undefined ? all : all.filter(({ unit }) => unit === only);
      if (own.length === 0) return undefined;
      const worst = worstCase();
      const amounts = own.map(({ unit, whose }) => amountOf(unit, worst, whose));
      const result = leases.hold(own.map(({ account }, index) => ({ account, amount: amounts[index] ?? 0 })));
      const asking = { own, amounts, nowMs: world.nowMs() };
      return result instanceof Promise
        ? result.then((late) => holdFrom(late, asking, leases))
        : holdFrom(result, asking, leases);
    },
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
  const money = own.findIndex(({ unit }) => unit === "usd");
  let isSettled = false;
  return {
    usd_micros: money === -1 ? 0 : (amounts[money] ?? 0),
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
    return [{ unit, limit: account.cap, remaining, resetMs: Math.max(0, account.endsAtMs - nowMs) }];
  });
  return LIMITED_UNITS.flatMap((unit) => {
    const ofUnit = quotas.filter((quota) => quota.unit === unit);
    const [first] = ofUnit.toSorted((a, b) => a.remaining - b.remaining);
    return first ?? [];
  });
}

function actualOf(unit: Unit, { usd_micros, tokens }: { usd_micros: number; tokens: number }): number {
  if (unit === "usd") return usd_micros;
  if (unit === "tokens") return tokens;
  // A place is free again; a request was made.
  return unit === "requests" ? 1 : 0;
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
      limit: `${account.cap} ${unit.replaceAll("_", " ")}${every === null ? "" : ` every ${every}`}`,
      retryAfterMs: every === null ? UNKNOWN_RETRY_MS : Math.max(1, account.endsAtMs - nowMs),
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

const UNKNOWN_RETRY_MS = 1000;
