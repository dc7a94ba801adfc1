// The last hour against a usual one: four instruments, and traffic, spend and delay by minute.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { TimeChart } from "../../../components/charts/time-chart.tsx";
import { Stat, type StatProps } from "../../../components/figures/stat.tsx";
import { formatCount, formatDuration, formatUsd } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { type Hour, readHour } from "./read-hour.ts";

const minuteMs = 60_000;

export function useHour() {
  const { api } = useServices();
  return useQuery({
    queryKey: ["helm", "hour"],
    queryFn: ({ signal }) => readHour(api, signal),
    refetchInterval: 10_000,
    placeholderData: keepPreviousData,
  });
}

export function TrafficStats({ hour }: { hour: Hour | undefined }) {
  return (
    <div className="grid grid-cols-2 gap-4 min-[72rem]:grid-cols-4">
      {statsOf(hour).map((stat) => (
        <Stat key={stat.label} {...stat} />
      ))}
    </div>
  );
}

function statsOf(hour: Hour | undefined): StatProps[] {
  const { now, usual = null, minutes = [] } = hour ?? {};
  const share = now === undefined || now.records === 0 ? 0 : now.unwell / now.records;
  const against = (
    value: number | null | undefined,
    current: number | null | undefined,
    say: (value: number) => string,
  ) =>
    value === null || value === undefined || current === null || current === undefined
      ? { usual: null }
      : { usual: { value, now: current, formatted: say(value) } };
  const tone = share > 0.05 ? ({ tone: "fail" } as const) : share > 0.01 ? ({ tone: "warn" } as const) : {};
  return [
    {
      label: "Calls, last hour",
      value: now === undefined ? null : formatCount(now.records),
      ...against(usual?.records, now?.records, (value) => formatCount(Math.round(value))),
      spark: { points: minutes.map(({ calls }) => calls), label: "Calls a minute" },
    },
    {
      label: "Spend, last hour",
      value: now === undefined ? null : formatUsd(now.usdMicros),
      ...against(usual?.usdMicros, now?.usdMicros, (value) => formatUsd(Math.round(value))),
      spark: { points: minutes.map(({ usdMicros }) => usdMicros), label: "Spend a minute" },
    },
    {
      label: "Not answered, last hour",
      value: now === undefined ? null : formatCount(now.unwell),
      unit: now === undefined || now.records === 0 ? "" : `${(share * 100).toFixed(1)} %`,
      ...tone,
      ...against(usual?.unwell, now?.unwell, (value) => formatCount(Math.round(value))),
      spark: { points: minutes.map(({ unwell }) => unwell), label: "Refused and failed a minute" },
    },
    {
      label: "Slow ones take (p95)",
      value: now === undefined || now.p95Ms === null ? null : formatDuration(now.p95Ms),
      ...against(usual?.p95Ms, now?.p95Ms, formatDuration),
      spark: { points: minutes.map(({ p95Ms }) => p95Ms), label: "p95 by minute" },
    },
  ];
}

export function TrafficCharts({ hour, error }: { hour: Hour | undefined; error: Error | null }) {
  const { api } = useServices();
  const { sinceMs = Date.now() - 60 * minuteMs, untilMs = Date.now(), minutes = [], usual = null } = hour ?? {};
  const frame = { startMs: sinceMs, endMs: untilMs, stepMs: minuteMs, loading: hour === undefined, height: 132 };
  const problem = error === null || hour !== undefined ? null : explainError(error);
  const curl = curlFor(api.origin, "/metrics/series", {
    since_ms: sinceMs,
    until_ms: untilMs,
    bucket: "minute",
    limit: 1,
  });
  const flat = (value: number | null | undefined) =>
    value === null || value === undefined ? {} : { usual: minutes.map(({ atMs }) => [atMs, value] as const) };
  return (
    <div className="grid gap-4">
      <TimeChart
        title="Traffic"
        unit="calls a minute"
        kind="stack"
        {...frame}
        problem={problem}
        curl={curl}
        series={[
          { name: "answered", points: minutes.map(({ atMs, calls, unwell }) => [atMs, calls - unwell] as const) },
          { name: "not answered", tone: "fail", points: minutes.map(({ atMs, unwell }) => [atMs, unwell] as const) },
        ]}
        {...flat(usual === null ? null : usual.records / 60)}
      />
      <TimeChart
        title="Spend"
        unit="usd_micros"
        kind="bars"
        {...frame}
        problem={problem}
        curl={curl}
        series={[{ name: "a minute", points: minutes.map(({ atMs, usdMicros }) => [atMs, usdMicros] as const) }]}
        {...flat(usual === null ? null : usual.usdMicros / 60)}
      />
    </div>
  );
}
