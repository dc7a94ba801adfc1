// What was learnt of vendors' own limits, for each credential and model.
import { useQuery } from "@tanstack/react-query";
import type { VendorLimit } from "../../../../../src/gateway/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Panel } from "../../../components/figures/panel.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { formatCount, formatDuration } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";

const rowKey = ({ vendor, model, credential }: VendorLimit): string => `${vendor} ${model} ${credential}`;

export function LimitsPanel() {
  const { api } = useServices();
  const { data, error } = useQuery({
    queryKey: ["routes", "limits"],
    queryFn: ({ signal }) => api.client.vendorLimits(undefined, { signal }),
    refetchInterval: 10_000,
  });
  return (
    <Panel
      title="Limits of vendors, as they were learnt"
      note="by the process that was asked"
      curl={curlFor(api.origin, "/vendors/limits")}
      problem={error !== null && data === undefined ? explainError(error) : null}
      flush
    >
      {data?.limits.length === 0 ? (
        <p className="px-4 pb-3 text-soft">
          None yet. With <code className="font-mono text-fine">gateway.health.adaptive: true</code> calls are kept below
          what vendors take, and what was learnt of that stands here.
        </p>
      ) : (
        <DataTable
          label="Limits of vendors"
          rows={data?.limits ?? []}
          rowKey={rowKey}
          columns={columns}
          loading={data === undefined}
        />
      )}
    </Panel>
  );
}

const columns: Column<VendorLimit>[] = [
  {
    id: "target",
    head: "Target",
    width: "minmax(10rem, 1.4fr)",
    cell: ({ vendor, model }) => <bdi className="font-mono text-fine">{`${vendor}/${model}`}</bdi>,
  },
  {
    id: "credential",
    head: "Credential",
    width: "minmax(8rem, 1fr)",
    cell: ({ credential }) => <bdi>{credential}</bdi>,
  },
  {
    id: "quotas",
    head: "As the vendor told",
    width: "minmax(14rem, 2fr)",
    cell: ({ quotas }) => quotas.map(describeQuota).join("; ") || "nothing",
  },
  {
    id: "rate",
    head: "Sent at most",
    unit: "calls/s",
    align: "end",
    width: "8rem",
    cell: ({ rate }) => (rate === null ? "–" : rate.toFixed(1)),
  },
  { id: "waiting", head: "Waiting", align: "end", width: "5.5rem", cell: ({ waiting }) => formatCount(waiting) },
  {
    id: "turned",
    head: "Turned away",
    align: "end",
    width: "6.5rem",
    cell: ({ turned_away: count }) => formatCount(count),
  },
];

function describeQuota({ unit, limit, remaining, resets_in_ms: resetsMs }: VendorLimit["quotas"][number]): string {
  const of = limit === null ? "" : ` of ${formatCount(limit)}`;
  return `${formatCount(Math.round(remaining))}${of} ${unit} left, for ${formatDuration(resetsMs)}`;
}
