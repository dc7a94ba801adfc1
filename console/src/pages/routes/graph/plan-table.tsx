// A plan as a table, for whoever does not see the drawing, and with all figures.
import { StateWord } from "../../../components/figures/state-word.tsx";
import { formatCount, formatShare } from "../../../format/figures.ts";
import type { GraphNode, PlanGraph } from "./build-graph.ts";
import type { TargetHealth } from "./target-health.ts";
import { shareOf, type Traffic } from "./use-traffic.ts";

interface PlanTableProps {
  graph: PlanGraph;
  traffic: Traffic | undefined;
  health: ReadonlyMap<string, TargetHealth>;
}

const indents = ["", "pl-4", "pl-9", "pl-14", "pl-19", "pl-24"];

export function PlanTable({ graph, traffic, health }: PlanTableProps) {
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="The plan as a table">
      <table aria-label="The plan" className="w-full sm:min-w-xl">
        <thead>
          <tr className="text-fine text-soft">
            <th className="py-1 pr-3 pl-4 text-left font-normal">Place</th>
            <th className="py-1 pr-3 text-left font-normal">When</th>
            <th className="py-1 pr-3 text-right font-normal">Answered</th>
            <th className="py-1 pr-3 text-right font-normal">Share, %</th>
            <th className="py-1 pr-4 pl-6 text-left font-normal max-sm:hidden">State</th>
          </tr>
        </thead>
        <tbody>
          {graph.nodes.slice(1).map((node) => (
            <Row key={node.id} node={node} graph={graph} traffic={traffic} health={health.get(node.title) ?? null} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function State({ health }: { health: TargetHealth | null }) {
  if (health === null) return null;
  return (
    <>
      <StateWord tone={health.tone}>{health.word}</StateWord>
      {health.detail !== "" && <span className="ml-2 text-fine text-soft">{health.detail}</span>}
    </>
  );
}

interface RowProps {
  node: GraphNode;
  graph: PlanGraph;
  traffic: Traffic | undefined;
  health: TargetHealth | null;
}

function Row({ node, graph, traffic, health }: RowProps) {
  const words = graph.edges.find(({ to }) => to === node.id)?.words ?? [];
  const answered = node.targets.reduce((sum, target) => sum + (traffic?.answeredBy.get(target)?.calls ?? 0), 0);
  const isCounted = traffic !== undefined && node.kind !== "aside";
  return (
    <tr className="border-t border-line">
      <th scope="row" className={`py-1 pr-3 text-left font-normal ${indents[node.depth] ?? "pl-24"}`}>
        <bdi className={node.kind === "plan" ? "font-semibold" : "font-mono text-fine"}>{node.title}</bdi>
        {node.notes.length > 0 && <span className="ml-2 text-fine text-soft">{node.notes.join(", ")}</span>}
        <div className="sm:hidden">
          <State health={health} />
        </div>
      </th>
      <td className="py-1 pr-3">
        <bdi>{words.join(", ")}</bdi>
      </td>
      <td className="py-1 pr-3 text-right">{isCounted ? formatCount(answered) : "–"}</td>
      <td className="py-1 pr-3 text-right">{isCounted ? formatShare(shareOf(traffic, node.targets)) : "–"}</td>
      <td className="py-1 pr-4 pl-6 max-sm:hidden">
        <State health={health} />
      </td>
    </tr>
  );
}
