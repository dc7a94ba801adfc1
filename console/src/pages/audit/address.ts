// What the address of the audit trail carries, and moves within it.
import type { AuditFilter } from "../../../../src/audit/contract.ts";
import { type ranges, rangeToMs, type TimeRangeValue } from "../../components/inputs/range/range-to-ms.ts";
import { useSearchAddress } from "../../page/address/use-search-address.ts";

export interface Search {
  tab?: "tree" | undefined;
  action?: string | undefined;
  actor?: string | undefined;
  type?: string | undefined;
  resource?: string | undefined;
  organisation?: string | undefined;
  outcome?: "ok" | "refused" | "failed" | undefined;
  calls?: "with" | undefined;
  /** The id of a call. */
  call?: string | undefined;
  range?: (typeof ranges)[number] | undefined;
  from?: number | undefined;
  to?: number | undefined;
  /** The entry, or the call, that stands beside the list. */
  open?: string | undefined;
}

/** The trail is read back further than traffic is. */
const usualRange = "30d";

export const useAddress = () => useSearchAddress<Search>("/audit");

export function rangeOf({ range = usualRange, from, to }: Search): TimeRangeValue {
  return range === "custom" ? { range, from, to } : { range };
}

export function searchOfRange({ range, from, to }: TimeRangeValue): Pick<Search, "range" | "from" | "to"> {
  return { range: range === usualRange ? undefined : range, from, to };
}

/** As the API takes it. A trail that reaches to now names no end, so that what has just happened is on it. */
export function filterOf(search: Search, nowMs: number): AuditFilter {
  const { action, actor, type, resource, organisation, outcome, call } = search;
  // Whoever asks for a call, or for the entries of calls, means those.
  const isOfCalls = search.calls === "with" || call !== undefined || action === "call" || action === "calls.executed";
  const { fromMs, toMs } = rangeToMs(rangeOf(search), nowMs);
  const filter: AuditFilter = {
    action,
    actor,
    resource_type: type,
    resource,
    organisation,
    outcome,
    call,
    calls: isOfCalls ? undefined : "without",
    since_ms: call === undefined ? Math.round(fromMs) : undefined,
    until_ms: search.range === "custom" && search.to !== undefined ? Math.round(toMs) : undefined,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

export function isNarrowed({ action, actor, type, resource, organisation, outcome, call }: Search): boolean {
  return [action, actor, type, resource, organisation, outcome, call].some((value) => value !== undefined);
}
