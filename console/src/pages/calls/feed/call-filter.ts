// What the list is narrowed to. The server answers it for pages. Of calls that come in live this page judges what it can, outcome and
// time; whether one matches a filter in words only the server knows, so that the list is asked for again.
import type { CallOutcome, CallQuery, CallSummary } from "../../../../../src/ledger/contract.ts";
import { rangeToMs, type TimeRangeValue } from "../../../components/inputs/range/range-to-ms.ts";

export interface CallFilter {
  outcome: CallOutcome | null;
  /** In the ledger's filter language; empty for any. */
  text: string;
  time: TimeRangeValue;
}

export const defaultRange = "7d";
export const noFilter: CallFilter = { outcome: null, text: "", time: { range: defaultRange } };

/** Whether calls are left out that the empty list would have; a shorter time does not count, an empty one does not teach otherwise. */
export function isFiltered({ outcome, text, time }: CallFilter): boolean {
  return outcome !== null || text !== "" || time.range !== defaultRange;
}

export function sameFilter(a: CallFilter, b: CallFilter): boolean {
  return (
    a.outcome === b.outcome &&
    a.text === b.text &&
    a.time.range === b.time.range &&
    a.time.from === b.time.from &&
    a.time.to === b.time.to
  );
}

/** Whether this page can tell by itself which calls match. */
export function canJudge({ text }: CallFilter): boolean {
  return text === "";
}

/** Of filters that `canJudge`. */
export function matchesFilter(call: CallSummary, { outcome, time }: CallFilter, nowMs: number): boolean {
  if (outcome !== null && call.outcome !== outcome) return false;
  if (time.range !== "custom") return true;
  const { fromMs, toMs } = rangeToMs(time, nowMs);
  return call.started_at_ms >= fromMs && call.started_at_ms < toMs;
}

/** Whether calls that end now can belong to it. */
export function reachesNow({ time }: CallFilter): boolean {
  return time.range !== "custom" || time.to === undefined;
}

const spans = { "1h": "the last hour", "24h": "the last 24 hours", "7d": "the last 7 days", "30d": "the last 30 days" };

export function describeTime({ time: { range } }: CallFilter): string {
  return range === "custom" ? "that time" : spans[range];
}

/** The same, of what began up to this moment: a list that is full goes on there with an empty page. */
export function goOnBefore(filter: CallFilter, lastMs: number, nowMs: number): CallFilter {
  return { ...filter, time: { range: "custom", from: rangeToMs(filter.time, nowMs).fromMs, to: lastMs + 1 } };
}

/** The filter as parameters of `calls.list`. */
export function filterQuery({ outcome, text, time }: CallFilter, nowMs: number): Partial<CallQuery> {
  const { fromMs, toMs } = rangeToMs(time, nowMs);
  return {
    ...(outcome !== null && { outcome }),
    ...(text !== "" && { filter: text }),
    ...(time.range !== defaultRange && { since_ms: fromMs }),
    ...(time.range === "custom" && time.to !== undefined && { until_ms: toMs }),
  };
}
