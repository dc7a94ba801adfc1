// A budget or limit as its owner reads it: what is left, of how much, and until when.
import type { BudgetView } from "../../../../../src/governance/contract.ts";
import { formatCount, formatUsd } from "../../../format/figures.ts";
import { formatStampWithZone } from "../../../format/stamps.ts";

export interface LimitWords {
  label: string;
  /** What was not spent yet. */
  amountLeft: number;
  /** `$19.98 of $20.00 left`. */
  left: string;
  renews: string;
  tone: "ink" | "warn" | "fail";
}

const units: Record<BudgetView["unit"], string> = {
  usd_micros: "Money",
  requests: "Questions",
  tokens: "Tokens",
  calls_in_flight: "At the same time",
};
const windows: Record<string, string> = { day: "today", week: "this week", month: "this month" };
const nearTheEnd = 0.2;

export function describeLimit(limit: BudgetView): LimitWords {
  const { unit, every, whose, cap, spent, renews_at_ms } = limit;
  // What a process holds for the next calls is the reader's as well: it is given back, or used by them.
  const left = Math.max(0, unit === "calls_in_flight" ? limit.left : cap - spent);
  const say = (value: number): string => (unit === "usd_micros" ? formatMoney(value) : formatCount(value));
  const when = every === null || every === "ever" ? "" : sayWindow(every, renews_at_ms);
  const isOwn = whose.startsWith("user ") || whose.startsWith("key ");
  const share = cap === 0 ? 0 : left / cap;
  return {
    label: [`${units[unit]} ${when}`.trim(), isOwn ? "yours" : `of the ${whose}`].join(", "),
    amountLeft: left,
    left: `${say(left)} of ${say(cap)} left`,
    renews: renews_at_ms === null ? "" : `New on ${formatStampWithZone(renews_at_ms)}`,
    tone: left === 0 ? "fail" : share < nearTheEnd ? "warn" : "ink",
  };
}

/** A window that begins anew is this one; one that slides along is any. */
function sayWindow(every: string, renewsAtMs: number | null): string {
  return renewsAtMs === null ? `in any ${every}` : (windows[every] ?? `every ${every}`);
}

/** Whole cents with two places; what is finer, exactly. */
function formatMoney(micros: number): string {
  return micros % 10_000 === 0 ? formatUsd(micros).slice(0, -4) : formatUsd(micros);
}
