// A list of records of one kind or another, page by page, narrowed as the address says.
import { useState } from "react";
import type { Problem } from "../../api/explain-error.ts";
import { type InfiniteRows, type RowPage, useInfiniteRows } from "../tables/use-infinite-rows.tsx";
import { boundsOf, type ListSearch } from "./list-search.ts";

export interface ListQuery {
  limit: number;
  cursor?: string;
  since_ms: number;
  until_ms?: number;
  filter?: string;
}

interface Options {
  /** Names the list, and all that it depends on besides the search. */
  name: readonly unknown[];
  search: ListSearch;
  enabled?: boolean;
}

export type RecordList<Row> = InfiniteRows<Row> & {
  /** Why the server does not take the filter: said at the filter, and not in place of the list. */
  filterProblem: Problem | null;
};

const pageRows = 100;
const refreshMs = 10_000;

/** Asked again every few seconds, as long as one page of it is shown: many pages would be many questions. */
export function useRecordList<Row>(
  { name, search, enabled = true }: Options,
  fetchPage: (query: ListQuery, signal: AbortSignal) => Promise<RowPage<Row>>,
): RecordList<Row> {
  const [isLong, setIsLong] = useState(false);
  const { filter, range, from, to } = search;
  const list = useInfiniteRows(
    [...name, filter, range, from, to],
    (cursor, signal) => {
      setIsLong(cursor !== undefined);
      const bounds = boundsOf(search, Date.now());
      return fetchPage({ limit: pageRows, ...bounds, ...(cursor !== undefined && { cursor }) }, signal);
    },
    { enabled, refetchInterval: isLong || range === "custom" ? false : refreshMs },
  );
  const { problem } = list.table;
  const isOfFilter = problem !== null && problem.code.includes("filter") && filter !== undefined;
  return {
    ...list,
    table: isOfFilter ? { ...list.table, problem: null, foot: undefined } : list.table,
    filterProblem: isOfFilter ? problem : null,
  };
}
