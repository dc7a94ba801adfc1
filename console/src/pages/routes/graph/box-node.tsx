// A box of the drawing: the route, a plan in a plan, or a target with how it does.
import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { formatCount } from "../../../format/figures.ts";
import type { GraphNode } from "./build-graph.ts";
import type { TargetHealth } from "./target-health.ts";

export type BoxNodeShape = Node<
  {
    node: GraphNode;
    isNarrow: boolean;
    /** Of the whole route, or answered by this target, in the last hour. */
    calls: number | null;
    health: TargetHealth | null;
  },
  "box"
>;

const looks: Record<GraphNode["kind"], string> = {
  route: "border-control bg-tide",
  plan: "border-control bg-shoal",
  target: "border-control bg-sheet",
  aside: "border-dashed border-control bg-sheet",
};

export function BoxNode({ data: { node, isNarrow, calls, health } }: NodeProps<BoxNodeShape>) {
  const isModel = node.kind === "target" || node.kind === "aside";
  return (
    <div className={`flex h-16 w-50 flex-col justify-center rounded-md border px-3 ${looks[node.kind]}`}>
      {node.kind !== "route" && (
        <Handle type="target" position={isNarrow ? Position.Top : Position.Left} className="invisible" />
      )}
      <bdi className={`truncate ${isModel ? "font-mono text-fine" : "font-semibold"}`}>{node.title}</bdi>
      <p className="flex min-w-0 items-center justify-between gap-2 text-fine text-soft">
        <span className="truncate">
          {isModel ? health !== null && <StateWord tone={health.tone}>{health.word}</StateWord> : node.notes.join(", ")}
        </span>
        {calls !== null && <span className="whitespace-nowrap">{formatCount(calls)} calls</span>}
      </p>
      {node.kind !== "aside" && (
        <Handle type="source" position={isNarrow ? Position.Bottom : Position.Right} className="invisible" />
      )}
    </div>
  );
}
