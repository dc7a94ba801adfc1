// One user's calls and spend: as a whole, over time, by model, and against budgets.
import type { SumRow } from "../../../../../src/ledger/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { BarList } from "../../../components/charts/bar-list.tsx";
import { TimeChart } from "../../../components/charts/time-chart.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { Stat } from "../../../components/figures/stat.tsx";
import type { TimeRangeValue } from "../../../components/inputs/range/time-range.tsx";
import { formatCount, formatDuration, formatUsd } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { fillSteps, stepOf } from "./fill-steps.ts";
import { UserBudgets } from "./user-budgets.tsx";
import { callKinds, type UserFigures as Figures, useUserFigures } from "./use-user-figures.ts";

interface UserFiguresProps {
  user: string;
  range: TimeRangeValue;
  onZoom: (fromMs: number, toMs: number) => void;
}

export function UserFigures({ user, range, onZoom }: UserFiguresProps) {
  const { api } = useServices();
  const asked = useUserFigures(user, range);
  const figures = asked.data;
  const problem = asked.isError && figures === undefined ? explainError(asked.error) : null;
  const curl = (more: Record<string, string>): string =>
    curlFor(api.origin, "/metrics/series", { ...figures?.query, user, kind: callKinds, ...more });
  const steps = figures === undefined ? [] : fillSteps(figures.overTime);
  const points = (value: (row: SumRow) => number): [number, number][] =>
    steps.map(({ atMs, row }): [number, number] => [atMs, row === undefined ? 0 : value(row)]);
  const frame = {
    startMs: figures?.startMs ?? Date.now() - 3_600_000,
    endMs: figures?.endMs ?? Date.now(),
    kind: "bars" as const,
    stepMs: stepOf(figures?.overTime),
    loading: asked.isPending,
    problem,
    curl: curl({}),
    onZoom,
    height: 132,
    empty: "No call in this time.",
  };
  return (
    <>
      <Stats figures={figures} />
      <div className="grid items-start gap-4 min-[72rem]:grid-cols-2">
        <TimeChart
          {...frame}
          title="Spend"
          unit="usd_micros"
          series={[{ name: "Spend", points: points((row) => row.cost_usd_micros), tone: 1 }]}
        />
        <TimeChart
          {...frame}
          title="Calls"
          unit="calls"
          series={[
            { name: "answered", points: points((row) => row.records - row.failed - row.refused), tone: 1 },
            { name: "refused", points: points((row) => row.refused), tone: "warn" },
            { name: "failed", points: points((row) => row.failed), tone: "fail" },
          ]}
        />
        <Panel title="Models" curl={curl({ bucket: "none", by: "model", order: "cost" })} problem={problem}>
          <BarList
            label="Models by cost"
            head="Model"
            unit="USD"
            rows={(figures?.models.rows ?? []).map((row) => ({
              key: row.is_rest ? "\n" : (row.key["model"] ?? ""),
              label: row.is_rest ? "all others" : <bdi>{row.key["model"] ?? "none"}</bdi>,
              note: `${formatCount(row.records)} calls, ${formatCount(row.tokens.input)} → ${formatCount(row.tokens.output)} tokens`,
              value: row.cost_usd_micros,
              formatted: formatUsd(row.cost_usd_micros),
            }))}
          />
        </Panel>
        <UserBudgets user={user} places={figures?.places} />
      </div>
    </>
  );
}

function Stats({ figures }: { figures: Figures | undefined }) {
  const whole = figures?.whole.rows[0];
  const isKnown = figures !== undefined;
  const unwell = (whole?.failed ?? 0) + (whole?.refused ?? 0);
  const p95Ms = whole?.duration?.p95_ms ?? null;
  return (
    <div className="grid grid-cols-2 gap-4 min-[60rem]:grid-cols-4">
      <Stat label="Spend" value={isKnown ? formatUsd(whole?.cost_usd_micros ?? 0) : null} />
      <Stat
        label="Calls"
        value={isKnown ? formatCount(whole?.records ?? 0) : null}
        {...(unwell > 0 && { detail: `${formatCount(unwell)} of them refused or failed` })}
      />
      <Stat
        label="Tokens, in → out"
        value={isKnown ? `${formatCount(whole?.tokens.input ?? 0)} → ${formatCount(whole?.tokens.output ?? 0)}` : null}
      />
      <Stat label="Slow ones take (p95)" value={p95Ms === null ? null : formatDuration(p95Ms)} />
    </div>
  );
}
