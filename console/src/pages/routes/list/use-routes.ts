// The routes, and what calls by them came to in the last hour.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { RouteView } from "../../../../../src/gateway/contract.ts";
import type { Series } from "../../../../../src/observability/contract.ts";
import { useServices } from "../../../page/services.ts";

const hourMs = 3_600_000;
/** Calls through this gateway, each by its route. */
export const hourQuestion = { by: "route", bucket: "none", own: "true", limit: 1000 } as const;

export interface RouteRow {
  route: RouteView;
  calls: number;
  /** Of all calls through the gateway, 0 to 1; null where there were none. */
  share: number | null;
  failedShare: number | null;
  p95Ms: number | null;
}

export const hourAgo = (): number => Date.now() - hourMs;

export function useRoutes() {
  const { api } = useServices();
  return useQuery({
    queryKey: ["routes", "list"],
    queryFn: async ({ signal }) => {
      const [{ routes }, series] = await Promise.all([
        api.client.routes.list(undefined, { signal }),
        api.client.figures.series({ ...hourQuestion, since_ms: hourAgo() }, { signal }),
      ]);
      return rowsFrom(routes, series);
    },
    refetchInterval: 10_000,
    placeholderData: keepPreviousData,
  });
}

export function rowsFrom(routes: readonly RouteView[], { rows }: Pick<Series, "rows">): RouteRow[] {
  const all = rows.reduce((sum, { records }) => sum + records, 0);
  return routes.map((route) => {
    const row = rows.find(({ key }) => key["route"] === route.name);
    const calls = row?.records ?? 0;
    return {
      route,
      calls,
      share: all === 0 ? null : calls / all,
      failedShare: row === undefined || calls === 0 ? null : row.failed / calls,
      p95Ms: row?.duration?.p95_ms ?? null,
    };
  });
}
