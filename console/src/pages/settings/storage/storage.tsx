// What lies on disk, day by day, how long it is kept, and what went lately.
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { StorageView } from "../../../../../src/ledger/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { TimeChart } from "../../../components/charts/time-chart.tsx";
import { Moment } from "../../../components/figures/moment.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { Stat } from "../../../components/figures/stat.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { formatBytes, formatCount } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";

const dayMs = 86_400_000;

export function Storage() {
  const { api } = useServices();
  const asked = useQuery({
    queryKey: ["storage"],
    queryFn: ({ signal }) => api.client.storage(undefined, { signal }),
    refetchInterval: 30_000,
  });
  if (asked.isError && asked.data === undefined) return <Notice problem={explainError(asked.error)} />;
  if (asked.data === undefined) return <Loading>Reading what is stored.</Loading>;
  const { total_bytes: total, disk_max_bytes: most, keep, days, sweeps } = asked.data;
  const share = most === null ? 0 : total / most;
  return (
    <>
      <div className="grid grid-cols-2 gap-4 min-[72rem]:grid-cols-4">
        <Stat
          label="Database"
          value={formatBytes(total)}
          {...(share > 0.9 ? { tone: "warn" as const } : {})}
          detail={most === null ? "no bound is set" : `of ${formatBytes(most)} it may take`}
        />
        <Stat label="Records are kept" value={formatCount(Math.round(keep.records_ms / dayMs))} unit="days" />
        <Stat label="Bodies are kept" value={formatCount(Math.round(keep.bodies_ms / dayMs))} unit="days" />
        <Stat label="Days on disk" value={formatCount(days.length)} />
      </div>
      <DaysChart days={days} curl={curlFor(api.origin, "/storage")} />
      <Panel title="Went lately" note={String(sweeps.length)} flush>
        <Sweeps sweeps={sweeps} />
      </Panel>
    </>
  );
}

function DaysChart({ days, curl }: { days: StorageView["days"]; curl: string }) {
  const series = useMemo(
    () => [
      { name: "records", points: days.map(({ day, records_bytes: bytes }) => [Date.parse(day), bytes] as const) },
      { name: "bodies", points: days.map(({ day, bodies_bytes: bytes }) => [Date.parse(day), bytes] as const) },
    ],
    [days],
  );
  const first = days[0];
  const last = days.at(-1);
  const endMs = last === undefined ? Date.now() : Date.parse(last.day) + dayMs;
  return (
    <TimeChart
      title="By day of the record, UTC"
      unit="bytes"
      kind="bars"
      stepMs={dayMs}
      startMs={first === undefined ? endMs - 7 * dayMs : Date.parse(first.day)}
      endMs={endMs}
      series={series}
      curl={curl}
      empty="Nothing is on record yet."
    />
  );
}

const whys = { age: "too old", disk: "no room", rule: "a rule of its project or kind" } as const;

function Sweeps({ sweeps }: Pick<StorageView, "sweeps">) {
  if (sweeps.length === 0)
    return <p className="px-4 pb-3 text-soft">Nothing has gone yet. What is older than it is kept goes every hour.</p>;
  return (
    <table aria-label="What went" className="w-full">
      <thead>
        <tr className="text-fine text-soft">
          <th className="py-1 pl-4 text-left font-normal">When</th>
          <th className="py-1 text-left font-normal">What</th>
          <th className="py-1 text-left font-normal">Why</th>
          <th className="py-1 pr-4 text-right font-normal">How much</th>
        </tr>
      </thead>
      <tbody>
        {sweeps.map((sweep, index) => (
          <tr key={index} className="border-t border-line">
            <td className="py-1 pl-4">
              <Moment ms={sweep.at_ms} />
            </td>
            <td className="py-1">
              {sweep.part} {sweep.day !== null && `of ${sweep.day}`}
            </td>
            <td className="py-1">{whys[sweep.why]}</td>
            <td className="py-1 pr-4 text-right">
              {sweep.bytes > 0 ? formatBytes(sweep.bytes) : `${formatCount(sweep.rows)} rows`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
