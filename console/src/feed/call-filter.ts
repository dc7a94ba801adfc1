// What the list is narrowed to. The server answers it for pages; live calls are asked the same question here.
import type { CallOutcome, CallSummary } from "../../../src/ledger/contract.ts";

export interface CallFilter {
  outcome: CallOutcome | null;
  /** The model as the caller named it, whole; empty for any. */
  model: string;
}

export const noFilter: CallFilter = { outcome: null, model: "" };

export function isFiltered(filter: CallFilter): boolean {
  return filter.outcome !== null || filter.model !== "";
}

export function sameFilter(a: CallFilter, b: CallFilter): boolean {
  return a.outcome === b.outcome && a.model === b.model;
}

export function matchesFilter(call: CallSummary, filter: CallFilter): boolean {
  if (filter.outcome !== null && call.outcome !== filter.outcome) return false;
  return filter.model === "" || call.model === filter.model;
}

/** The filter as parameters of `calls.list`. */
export function filterQuery({ outcome, model }: CallFilter): { outcome?: CallOutcome; model?: string } {
  return { ...(outcome !== null && { outcome }), ...(model !== "" && { model }) };
}
