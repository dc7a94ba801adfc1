// All routes, with what calls by them came to in the last hour. A row opens its route.
import { useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Live } from "../../../components/figures/live.tsx";
import { Empty } from "../../../components/frame/empty.tsx";
import { CopyButton } from "../../../components/parts/copy-button.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { formatCount, formatDuration, formatShare } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { hourAgo, hourQuestion, type RouteRow, useRoutes } from "./use-routes.ts";
import { hrefAt } from "../../../page/address/href-at.ts";

const sources = { config: "config file", api: "API" };

const columns: Column<RouteRow>[] = [
  {
    id: "name",
    head: "Route",
    width: "minmax(8rem, 1.2fr)",
    cell: ({ route }) => <bdi className="font-semibold">{route.name}</bdi>,
    sort: (a, b) => a.route.name.localeCompare(b.route.name),
  },
  {
    id: "strategy",
    head: "Strategy",
    width: "7rem",
    cell: ({ route }) => route.strategy,
    sort: (a, b) => a.route.strategy.localeCompare(b.route.strategy),
  },
  {
    id: "targets",
    head: "Targets",
    width: "minmax(10rem, 3fr)",
    cell: ({ route }) => <bdi className="font-mono text-fine">{route.targets.join(", ")}</bdi>,
  },
  {
    id: "calls",
    head: "Calls, 1 h",
    align: "end",
    priority: 1,
    width: "6rem",
    cell: ({ calls }) => formatCount(calls),
    sort: (a, b) => a.calls - b.calls,
  },
  {
    id: "share",
    head: "Share",
    unit: "%",
    align: "end",
    width: "5.5rem",
    cell: ({ share }) => formatShare(share),
    sort: (a, b) => (a.share ?? -1) - (b.share ?? -1),
  },
  {
    id: "failed",
    head: "Failed",
    unit: "%",
    align: "end",
    width: "5.5rem",
    cell: ({ failedShare }) => (
      <span className={(failedShare ?? 0) > 0.02 ? "font-semibold text-fail" : ""}>{formatShare(failedShare)}</span>
    ),
    sort: (a, b) => (a.failedShare ?? -1) - (b.failedShare ?? -1),
  },
  {
    id: "p95",
    head: "p95",
    align: "end",
    width: "5.5rem",
    cell: ({ p95Ms }) => (p95Ms === null ? "–" : formatDuration(p95Ms)),
    sort: (a, b) => (a.p95Ms ?? -1) - (b.p95Ms ?? -1),
  },
  {
    id: "source",
    head: "Made in",
    align: "end",
    priority: 3,
    width: "6.5rem",
    cell: ({ route }) => sources[route.source],
    sort: (a, b) => a.route.source.localeCompare(b.route.source),
  },
];

const rowKey = ({ route }: RouteRow): string => route.name;

export function RouteList() {
  const { api } = useServices();
  const router = useRouter();
  const { data, error, dataUpdatedAt, isPending } = useRoutes();
  const hrefOf = useCallback(
    ({ route }: RouteRow) =>
      hrefAt(router, router.buildLocation({ to: "/routes/{-$name}", params: { name: route.name } })),
    [router],
  );
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2 text-fine text-soft">
        <span>Calls through this gateway, last hour</span>
        <span className="flex items-center gap-1">
          <Live updatedAtMs={dataUpdatedAt === 0 ? null : dataUpdatedAt} connected={error === null} />
          <CopyButton
            text={curlFor(api.origin, "/metrics/series", { ...hourQuestion, since_ms: hourAgo() })}
            label="the curl command for calls by route"
            word="curl"
          />
        </span>
      </div>
      <DataTable
        label="Routes"
        rows={data ?? []}
        rowKey={rowKey}
        columns={columns}
        hrefOf={hrefOf}
        loading={isPending}
        problem={error === null || data !== undefined ? null : explainError(error)}
        empty={<NoRoutes />}
      />
    </div>
  );
}

function NoRoutes() {
  return (
    <Empty title="No routes yet" code="binnacle routes set fast -f fast.yaml">
      A route is a model name of your own, and a plan of who answers under it: <code>fast</code> may be one model today
      and two tomorrow, and callers need not know. Make one here, in the configuration file under{" "}
      <code>gateway.routes</code>, or in a terminal.
    </Empty>
  );
}
