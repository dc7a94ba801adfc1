// What a list of records is narrowed to, as it stands in the address: a filter in the ledger's language, and a stretch of time.
import { oneOf, text, whole } from "../../page/address/read-search.ts";
import { ranges, rangeToMs, type TimeRangeValue } from "../inputs/range/range-to-ms.ts";

const moment = whole();

/** To be spread into a route's `validateSearch`. */
export const listSearchFields = {
  filter: text(),
  range: oneOf(ranges),
  from: moment,
  to: moment,
};

export interface ListSearch {
  filter?: string | undefined;
  range?: TimeRangeValue["range"] | undefined;
  from?: number | undefined;
  to?: number | undefined;
}

export function rangeOf({ range = "24h", from, to }: ListSearch): TimeRangeValue {
  return range === "custom" ? { range, from, to } : { range };
}

/** What the usual range is need not stand in the address. */
export function searchOfRange({ range, from, to }: TimeRangeValue): Pick<ListSearch, "range" | "from" | "to"> {
  return { range: range === "24h" ? undefined : range, from, to };
}

/** As the API takes it. A list that reaches to now names no end, so that what has just come in is on it. */
export function boundsOf(search: ListSearch, nowMs: number): { since_ms: number; until_ms?: number; filter?: string } {
  const { fromMs, toMs } = rangeToMs(rangeOf(search), nowMs);
  const { filter = "" } = search;
  return {
    since_ms: Math.round(fromMs),
    ...(search.range === "custom" && search.to !== undefined && { until_ms: Math.round(toMs) }),
    ...(filter !== "" && { filter }),
  };
}
