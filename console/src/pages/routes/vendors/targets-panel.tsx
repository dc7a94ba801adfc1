// How the targets of routes are doing at this moment, as the gateway knows it from the calls that go to them: who is left alone, and why.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { TargetHealth as Seen } from "../../../../../src/gateway/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Live } from "../../../components/figures/live.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { formatCount, formatDuration, formatShare } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { healthOf } from "../graph/target-health.ts";

const rowKey = ({ target, process }: Seen): string => `${process} ${target}`;

export function TargetsPanel() {
  const { api } = useServices();
  const { data, error, dataUpdatedAt } = useQuery({
    queryKey: ["routes", "targets", "all"],
    queryFn: ({ signal }) => api.client.targets(undefined, { signal }),
    refetchInterval: 5_000,
    placeholderData: keepPreviousData,
  });
  const isSeveral = new Set(data?.targets.map(({ process }) => process)).size > 1;
  return (
    <Panel
      title="Targets now"
      note="as this gateway knows them from recent calls"
      curl={curlFor(api.origin, "/targets")}
      aside={
        <span className="mr-1.5">
          <Live updatedAtMs={dataUpdatedAt === 0 ? null : dataUpdatedAt} connected={error === null} />
        </span>
      }
      problem={error !== null && data === undefined ? explainError(error) : null}
      flush
    >
      <DataTable
        label="Targets now"
        rows={data?.targets ?? []}
        rowKey={rowKey}
        columns={isSeveral ? columnsOfSeveral : columns}
        loading={data === undefined}
        empty={<p className="px-4 py-3 text-soft">No route has a target, and none was called yet.</p>}
      />
    </Panel>
  );
}

const stateOf = (seen: Seen) => healthOf([seen]).get(seen.target);

const columns: Column<Seen>[] = [
  {
    id: "target",
    head: "Target",
    width: "minmax(11rem, 1.4fr)",
    cell: ({ target }) => <bdi className="font-mono text-fine">{target}</bdi>,
    sort: (a, b) => a.target.localeCompare(b.target),
  },
  {
    id: "state",
    head: "State",
    width: "8rem",
    priority: 1,
    cell: (seen) => {
      const state = stateOf(seen);
      return state === undefined ? "" : <StateWord tone={state.tone}>{state.word}</StateWord>;
    },
  },
  {
    id: "failed",
    head: "Failed",
    unit: "%",
    align: "end",
    width: "5.5rem",
    cell: ({ failure_share: share }) => formatShare(share),
    sort: (a, b) => (a.failure_share ?? -1) - (b.failure_share ?? -1),
  },
  {
    id: "first",
    head: "First token",
    align: "end",
    width: "6.5rem",
    cell: ({ first_token_ms: ms }) => (ms === null ? "–" : formatDuration(ms)),
    sort: (a, b) => (a.first_token_ms ?? -1) - (b.first_token_ms ?? -1),
  },
  {
    id: "flight",
    head: "Under way",
    align: "end",
    width: "6rem",
    priority: 3,
    cell: ({ in_flight: count }) => formatCount(count),
    sort: (a, b) => a.in_flight - b.in_flight,
  },
  {
    id: "why",
    head: "Why",
    width: "minmax(12rem, 2.4fr)",
    cell: (seen) => <span className="text-soft">{seen.breaker === "closed" ? "" : stateOf(seen)?.detail}</span>,
  },
];

const columnsOfSeveral: Column<Seen>[] = [
  ...columns.slice(0, 1),
  { id: "process", head: "Process", align: "end", width: "5rem", cell: ({ process }) => process },
  ...columns.slice(1),
];
