// Spend over time, the six dearest one on the other, and all others above them.
import { useMemo } from "react";
import type { SumRow } from "../../../../../src/ledger/contract.ts";
import type { Series } from "../../../../../src/observability/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import type { ChartSeries } from "../../../components/charts/chart-props.ts";
import { TimeChart } from "../../../components/charts/time-chart.tsx";
import { useServices } from "../../../page/services.ts";
import type { Dimension } from "../dimensions.ts";
import { useCosts } from "./use-costs.ts";
import type { NameOf } from "./use-names.ts";

const bucketMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000, none: 0 };
const bucketWords = { minute: "a minute", hour: "an hour", day: "a day (UTC)", none: "" };

interface SpendChartProps {
  series: Series | undefined;
  nameOf: NameOf;
  loading: boolean;
}

export function SpendChart({ series, nameOf, loading }: SpendChartProps) {
  const { api } = useServices();
  const { data } = useCosts();
  const drawn = useMemo(() => (series === undefined ? [] : seriesOf(series, nameOf)), [series, nameOf]);
  const bucket = series?.bucket ?? "day";
  return (
    <TimeChart
      title={`Spend, ${bucketWords[bucket]}`}
      unit="usd_micros"
      kind="bars"
      startMs={series?.since_ms ?? Date.now() - bucketMs.day}
      endMs={series?.until_ms ?? Date.now()}
      stepMs={bucketMs[bucket]}
      series={drawn}
      loading={loading}
      problem={data?.problem ?? null}
      height={200}
      curl={data && curlFor(api.origin, "/metrics/series", { ...data.question, order: "cost", limit: 6 })}
      empty="Nothing was spent in this time."
    />
  );
}

/** Where buckets begin: minutes, hours and days are those of UTC, also where the time that was asked for begins within one. */
function startsOf({ since_ms: sinceMs, until_ms: untilMs, bucket }: Series): number[] {
  const step = bucketMs[bucket];
  if (step === 0) return [];
  const first = Math.floor(sinceMs / step) * step;
  return Array.from({ length: Math.ceil((untilMs - first) / step) }, (_, at) => first + at * step);
}

/** Buckets without records are nothing, not unknown: stacks need a figure in each. */
export function seriesOf(series: Series, nameOf: NameOf): ChartSeries[] {
  const { rows, by } = series;
  const starts = startsOf(series);
  const groups = Object.entries(Object.groupBy(rows, nameOfRow(by as readonly Dimension[], nameOf)));
  return groups
    .map(([name, found = []]) => ({
      name,
      isRest: found[0]?.is_rest === true,
      sum: found.reduce((total, { cost_usd_micros: micros }) => total + micros, 0),
      costs: new Map(found.map(({ at_ms: atMs, cost_usd_micros: micros }) => [atMs, micros])),
    }))
    .toSorted((one, other) => Number(one.isRest) - Number(other.isRest) || other.sum - one.sum)
    .map(({ name, isRest, costs }) => ({
      name,
      ...(isRest && { tone: "off" as const }),
      points: starts.map((atMs) => [atMs, costs.get(atMs) ?? 0] as const),
    }));
}

export function nameOfRow(by: readonly Dimension[], nameOf: NameOf): (row: Pick<SumRow, "key" | "is_rest">) => string {
  return ({ key, is_rest: isRest }) =>
    isRest ? "all others" : by.map((dimension) => nameOf(dimension, key[dimension] ?? null)).join(", ");
}
