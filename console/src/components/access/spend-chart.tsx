// What one of the directory has spent, day by day over a month, as the API's figures say.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { curlFor } from "../../api/curl.ts";
import { explainError } from "../../api/explain-error.ts";
import { useMay, useServices } from "../../page/services.ts";
import { TimeChart } from "../charts/time-chart.tsx";
import { accessQuery } from "./use-access.ts";
import type { SpendKind } from "./use-spend.ts";

const dayMs = 86_400_000;
const days = 28;
const everyMs = 60_000;

interface SpendChartProps {
  kind: SpendKind;
  /** Of a key its id. */
  name: string;
  organisation: string;
}

export function SpendChart({ kind, name, organisation }: SpendChartProps) {
  const { api } = useServices();
  const may = useMay("read_figures");
  const asked = useQuery({
    queryKey: [accessQuery, "spend by day", kind, name, organisation],
    queryFn: async ({ signal }) => {
      const untilMs = Date.now();
      const where = kind === "organisation" ? {} : { [kind]: name };
      // UTC days, as the API keeps them.
      const since_ms = Math.floor(untilMs / dayMs) * dayMs - (days - 1) * dayMs;
      const question = { ...where, organisation, bucket: "day", since_ms } as const;
      return { question, series: await api.client.figures.series(question, { signal }) };
    },
    enabled: may,
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  });
  if (!may) return null;
  const { series, question } = asked.data ?? {};
  const startMs = question?.since_ms ?? Date.now() - days * dayMs;
  const byDay = new Map(series?.rows.map((row) => [row.at_ms, row.cost_usd_micros]));
  const points = Array.from({ length: days }, (_, index) => {
    const atMs = startMs + index * dayMs;
    return [atMs, byDay.get(atMs) ?? 0] as const;
  });
  return (
    <TimeChart
      title="Spent by day"
      unit="usd_micros"
      kind="bars"
      frame={false}
      height={120}
      stepMs={dayMs}
      startMs={startMs}
      // To the end of its last day, so that the bar of today has room.
      endMs={startMs + days * dayMs}
      series={[{ name: "spent", points: series === undefined || series.rows.length === 0 ? [] : points }]}
      loading={asked.isPending}
      problem={asked.error === null ? null : explainError(asked.error)}
      empty="Nothing was spent in the last four weeks."
      curl={question === undefined ? undefined : curlFor(api.origin, "/metrics/series", question)}
    />
  );
}
