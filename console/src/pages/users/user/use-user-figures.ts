// The figures of one user in a stretch of time, as the API gives them: over time, as a whole, by model, and where they count.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Series, SeriesQuery } from "../../../../../src/observability/contract.ts";
import { rangeToMs, type TimeRangeValue } from "../../../components/inputs/range/time-range.tsx";
import { useServices } from "../../../page/services.ts";

export interface UserFigures {
  startMs: number;
  endMs: number;
  /** What was asked, for its command. */
  query: Pick<SeriesQuery, "since_ms" | "until_ms">;
  overTime: Series;
  whole: Series;
  models: Series;
  /** Teams and projects that the user's calls counted for. */
  places: Series;
}

/** What asks a model. */
export const callKinds = "call,embedding,rerank";
const refreshMs = 10_000;
const modelsMost = 12;
const placesMost = 100;

export function useUserFigures(user: string, range: TimeRangeValue) {
  const { api } = useServices();
  return useQuery({
    queryKey: ["user", user, "figures", range],
    queryFn: async ({ signal }): Promise<UserFigures> => {
      const { fromMs, toMs } = rangeToMs(range, Date.now());
      const query = { since_ms: Math.round(fromMs), until_ms: Math.round(toMs) };
      const ask = (wish: Partial<SeriesQuery>): Promise<Series> =>
        api.client.figures.series({ ...query, user, kind: callKinds, ...wish }, { signal });
      const [overTime, whole, models, places] = await Promise.all([
        ask({}),
        ask({ bucket: "none" }),
        ask({ bucket: "none", by: "model", order: "cost", limit: modelsMost }),
        ask({ bucket: "none", by: "team,project", limit: placesMost }),
      ]);
      return { startMs: overTime.since_ms, endMs: overTime.until_ms, query, overTime, whole, models, places };
    },
    placeholderData: keepPreviousData,
    refetchInterval: range.range === "custom" ? false : refreshMs,
  });
}
