// What was spent, by what the address says: rows, their total, and the course over time of the dearest.
import { getRouteApi } from "@tanstack/react-router";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { explainError } from "../../../api/explain-error.ts";
import { useServices } from "../../../page/services.ts";
import { readBy } from "../dimensions.ts";
import { stretchOf, whereOf } from "../question.ts";

const here = getRouteApi("/cost");
const seriesMax = 6;
export const rowsMax = 200;

export function useCosts() {
  const { api } = useServices();
  const search = here.useSearch();
  const by = readBy(search.by).join(",");
  const { range, from, to, order = "cost" } = search;
  const where = whereOf(search);
  return useQuery({
    queryKey: ["cost", "spend", { by, order, range, from, to, where }],
    queryFn: async ({ signal }) => {
      const stretch = stretchOf(search, Date.now());
      const question = { ...stretch, by, ...where };
      // Some dimensions are kept together for a shorter time than they are added up: then there are rows, and no course.
      const [costs, course] = await Promise.all([
        api.client.costs.list({ ...question, order, limit: rowsMax }, { signal }),
        api.client.figures.series({ ...question, order: "cost", limit: seriesMax }, { signal }).then(
          (series) => ({ series, problem: null }),
          (error: unknown) => ({ series: undefined, problem: explainError(error) }),
        ),
      ]);
      return { costs, ...course, question: { ...question, order, limit: rowsMax } };
    },
    refetchInterval: 30_000,
    placeholderData: keepPreviousData,
  });
}
