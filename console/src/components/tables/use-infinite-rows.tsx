// A list that the server gives page by page: the next page is asked for as the reader comes near the end, up to a bound.
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useMemo } from "react";
import { explainError, type Problem } from "../../api/explain-error.ts";
import { Pager } from "./table-count.tsx";

export interface RowPage<Row> {
  rows: readonly Row[];
  next_cursor: string | null;
}

interface InfiniteOptions {
  /** The most rows that the page holds; 20,000 unless told. */
  rowsMax?: number;
  enabled?: boolean;
  refetchInterval?: number | false;
}

export interface InfiniteRows<Row> {
  /** To be spread into a DataTable. */
  table: {
    rows: readonly Row[];
    loading: boolean;
    problem: Problem | null;
    foot: ReactNode;
    onEnd: () => void;
  };
  rows: readonly Row[];
  more: boolean;
  refetch: () => void;
  updatedAtMs: number;
}

const rowsMaxDefault = 20_000;

/** `fetchPage` gets the cursor of the page before, undefined for the first. */
export function useInfiniteRows<Row>(
  queryKey: readonly unknown[],
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<RowPage<Row>>,
  options: InfiniteOptions = {},
): InfiniteRows<Row> {
  const { rowsMax = rowsMaxDefault, enabled = true, refetchInterval = false } = options;
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    enabled,
    refetchInterval,
  });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, isError } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  const isFull = hasNextPage && rows.length >= rowsMax;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFull) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFull, fetchNextPage]);
  // After a failure nothing is asked for again but by the button: a server in trouble is not helped by scrolling.
  const onEnd = useCallback(() => {
    if (!isError) loadMore();
  }, [isError, loadMore]);
  const foot = (
    <Pager shown={rows.length} more={hasNextPage} isLoading={isFetchingNextPage} isFull={isFull} onMore={loadMore} />
  );
  const problem = query.error === null ? null : explainError(query.error);
  return {
    table: { rows, loading: query.isPending && enabled, problem, foot, onEnd },
    rows,
    more: hasNextPage,
    refetch: () => void query.refetch(),
    updatedAtMs: query.dataUpdatedAt,
  };
}
