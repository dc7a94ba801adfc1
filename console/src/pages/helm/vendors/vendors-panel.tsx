// How vendors did in the last hour, by what calls to them came to.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { SumRow } from "../../../../../src/ledger/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Panel } from "../../../components/figures/panel.tsx";
import { StateWord, type StateTone } from "../../../components/figures/state-word.tsx";
import { formatCount, formatDuration } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";

const hourMs = 3_600_000;
const parameters = { by: "vendor", bucket: "none", limit: 12 } as const;

export function VendorsPanel() {
  const { api } = useServices();
  const asked = useQuery({
    queryKey: ["helm", "vendors"],
    queryFn: async ({ signal }) => {
      const [series, { vendors }] = await Promise.all([
        api.client.figures.series({ ...parameters, since_ms: Date.now() - hourMs }, { signal }),
        api.client.vendors(undefined, { signal }),
      ]);
      return { rows: series.rows, vendors };
    },
    refetchInterval: 10_000,
    placeholderData: keepPreviousData,
  });
  const rows = (asked.data?.rows ?? []).filter(({ key }) => (key["vendor"] ?? null) !== null);
  const idle = (asked.data?.vendors ?? []).filter(({ name }) => !rows.some(({ key }) => key["vendor"] === name));
  return (
    <Panel
      title="Vendors, last hour"
      curl={curlFor(api.origin, "/metrics/series", { ...parameters, since_ms: Date.now() - hourMs })}
      aside={
        <Link to={"/routes" as string} className="mr-2 text-fine text-pen underline underline-offset-2">
          Routes and vendors
        </Link>
      }
      problem={asked.isError && asked.data === undefined ? explainError(asked.error) : null}
      flush
    >
      <table aria-label="Vendors, last hour" className="w-full">
        <thead>
          <tr className="text-fine text-soft">
            <th className="py-1 pl-4 text-left font-normal">Vendor</th>
            <th className="py-1 text-right font-normal">Calls</th>
            <th className="py-1 text-right font-normal">Failed, %</th>
            <th className="py-1 pr-4 text-right font-normal">p95</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <VendorRow key={row.key["vendor"]} row={row} />
          ))}
          {idle.map(({ name }) => (
            <tr key={name} className="border-t border-line">
              <th scope="row" className="py-1 pl-4 text-left font-normal">
                <StateWord tone="off">
                  <bdi className="font-normal">{name}</bdi>
                </StateWord>
              </th>
              <td colSpan={3} className="py-1 pr-4 text-right text-soft">
                not called
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function VendorRow({ row }: { row: SumRow }) {
  const share = row.records === 0 ? 0 : row.failed / row.records;
  const tone: StateTone = share > 0.2 ? "fail" : share > 0.02 ? "warn" : "ok";
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-1 pl-4 text-left font-normal">
        <StateWord tone={tone}>
          <bdi className="text-ink">{row.key["vendor"]}</bdi>
        </StateWord>
      </th>
      <td className="py-1 text-right">{formatCount(row.records)}</td>
      <td className={`py-1 text-right ${tone === "ok" ? "" : "font-semibold"}`}>{(share * 100).toFixed(1)}</td>
      <td className="py-1 pr-4 text-right">
        {row.duration?.p95_ms === null || row.duration === null ? "–" : formatDuration(row.duration.p95_ms)}
      </td>
    </tr>
  );
}
