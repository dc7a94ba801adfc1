// The plan of a route: drawn, and as a table, with who answered the calls of the last hour.
import { lazy, Suspense, useMemo } from "react";
import type { RouteView } from "../../../../../src/gateway/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Live } from "../../../components/figures/live.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { formatCount } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { buildGraph, type PlanGraph as PlanGraphShape } from "../graph/build-graph.ts";
import { PlanTable } from "../graph/plan-table.tsx";
import { readPlan } from "../graph/read-plan.ts";
import { useHealth } from "../graph/use-health.ts";
import { type Traffic, useTraffic } from "../graph/use-traffic.ts";

const PlanGraph = lazy(() => import("../graph/plan-graph.tsx").then((module) => ({ default: module.PlanGraph })));

export function PlanView({ route }: { route: RouteView }) {
  const { api } = useServices();
  const traffic = useTraffic(route.name);
  const plan = useMemo(() => readPlan(route.plan), [route.plan]);
  const graph = useMemo(() => (plan === null ? null : buildGraph(route.name, plan)), [route.name, plan]);
  const health = useHealth();
  const curl = curlFor(api.origin, "/calls", { route: route.name, since_ms: traffic.data?.sinceMs, limit: 200 });
  const repeated = useMemo(() => (graph === null ? [] : repeatedIn(graph)), [graph]);
  if (graph === null) return null;
  return (
    <>
      <Panel
        title="Plan"
        note={traffic.data === undefined ? "last hour" : describeTraffic(traffic.data)}
        curl={curl}
        aside={
          <Live
            updatedAtMs={traffic.dataUpdatedAt === 0 ? null : traffic.dataUpdatedAt}
            connected={traffic.error === null}
          />
        }
        problem={traffic.error === null || traffic.data !== undefined ? null : explainError(traffic.error)}
      >
        <Suspense fallback={<Loading className="h-36">Drawing the plan.</Loading>}>
          <PlanGraph graph={graph} traffic={traffic.data} health={health} />
        </Suspense>
        <p className="mt-1 text-fine text-soft">
          Lines are as wide as their share of the answers.
          {repeated.length > 0 && ` ${repeated.join(", ")}: stands in more than one place, and is counted at each.`}
        </p>
      </Panel>
      <Panel title="The same as a table" flush>
        <PlanTable graph={graph} traffic={traffic.data} health={health} />
      </Panel>
    </>
  );
}

/** Targets that stand in several places: who answered is known, and not by which of them. */
function repeatedIn({ nodes }: PlanGraphShape): string[] {
  const names = nodes.filter(({ kind }) => kind === "target").map(({ title }) => title);
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

export function describeTraffic({ calls, isCut, unanswered }: Traffic): string {
  if (calls === 0) return "no call in the last hour";
  const which = isCut
    ? `the newest ${formatCount(calls)} calls of the last hour`
    : `${formatCount(calls)} calls in the last hour`;
  return unanswered === 0
    ? `${which}, all answered by a target`
    : `${which}, ${formatCount(unanswered)} answered by no target`;
}
