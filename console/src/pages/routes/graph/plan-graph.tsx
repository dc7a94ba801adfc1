// A plan drawn: boxes from left to right, lines as wide as the share of calls that went along them. It comes in a chunk of its own.
// The table beside it says the same; this is a picture, and is named as one.
import "@xyflow/react/dist/base.css";
import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider } from "@xyflow/react";
import { useMemo, useRef } from "react";
import { useElementWidth } from "../../../page/use-element-width.ts";
import type { GraphNode, PlanGraph as Graph } from "./build-graph.ts";
import { BoxNode, type BoxNodeShape } from "./box-node.tsx";
import { LineEdge, type LineEdgeShape } from "./line-edge.tsx";
import { type LaidOut, layOut } from "./lay-out.ts";
import { shareOf, type Traffic } from "./use-traffic.ts";
import type { TargetHealth } from "./target-health.ts";

export interface PlanGraphProps {
  graph: Graph;
  traffic: Traffic | undefined;
  health: ReadonlyMap<string, TargetHealth>;
}

const box = { width: 200, height: 64 };
const narrowRem = 44;
/** A drawing made smaller than this cannot be read. */
const leastScale = 0.6;
const nodeTypes = { box: BoxNode };
const edgeTypes = { line: LineEdge };

export function PlanGraph(props: PlanGraphProps) {
  const frame = useRef<HTMLDivElement>(null);
  const { widthRem } = useElementWidth(frame);
  const isNarrow = widthRem > 0 && widthRem < narrowRem;
  // The wider the page, the longer the lines: their words then stand apart.
  const lineLength = isNarrow ? 60 : Math.min(300, Math.max(160, lineRoom(props.graph, widthRem)));
  const laid = useMemo(() => layOut(props.graph, { box, isNarrow, lineLength }), [props.graph, isNarrow, lineLength]);
  const nodes = useMemo(() => boxesOf(props, laid.places, isNarrow), [props.graph, props.traffic, props.health, laid]);
  const edges = useMemo(() => linesOf(props), [props.graph, props.traffic]);
  const isReadable = widthRem === 0 || scaleOf(laid, widthRem) >= leastScale;
  return (
    <div ref={frame} className="min-w-0">
      {isReadable ? (
        <div
          role="img"
          aria-label={`The plan of ${props.graph.nodes[0]?.title ?? "this route"}, drawn. The table has the same.`}
          style={{ height: heightOf(laid, widthRem) }}
        >
          {widthRem > 0 && (
            // One picture to whoever hears it: its lines and dots are none of their own.
            <div aria-hidden className="h-full">
              <ReactFlowProvider key={isNarrow ? "narrow" : "wide"}>
                <ReactFlow
                  nodes={nodes}
                  edges={edges}
                  nodeTypes={nodeTypes}
                  edgeTypes={edgeTypes}
                  fitView
                  fitViewOptions={{ padding: 0.02, maxZoom: 1, minZoom: 0.3 }}
                  minZoom={0.3}
                  maxZoom={1.5}
                  nodesDraggable={false}
                  nodesConnectable={false}
                  nodesFocusable={false}
                  edgesFocusable={false}
                  elementsSelectable={false}
                  disableKeyboardA11y
                  zoomOnScroll={false}
                  zoomOnDoubleClick={false}
                  preventScrolling={false}
                  proOptions={{ hideAttribution: true }}
                >
                  <Background variant={BackgroundVariant.Dots} gap={16} size={1} color="var(--color-line)" />
                </ReactFlow>
              </ReactFlowProvider>
            </div>
          )}
        </div>
      ) : (
        <p className="text-soft">The drawing needs a wider page. The table has the same.</p>
      )}
    </div>
  );
}

/** How much smaller it is drawn than it was laid out, to fit the width. */
function scaleOf({ width }: LaidOut, widthRem: number): number {
  return Math.min(1, widthRem === 0 ? 1 : (widthRem * 16) / Math.max(1, width));
}

/** As high as the drawing is once it has been made to fit the width. */
function heightOf(laid: LaidOut, widthRem: number): number {
  return Math.min(720, Math.max(120, Math.ceil(laid.height * scaleOf(laid, widthRem)) + 24));
}

/** Pixels for each of the lines one after the other. */
function lineRoom({ nodes }: Graph, widthRem: number): number {
  const depth = Math.max(1, ...nodes.map(({ depth: each }) => each));
  return Math.round((widthRem * 16 - (depth + 1) * box.width) / depth / 20) * 20;
}

function boxesOf(
  { graph, traffic, health }: PlanGraphProps,
  places: readonly { id: string; x: number; y: number }[],
  isNarrow: boolean,
): BoxNodeShape[] {
  return graph.nodes.map((node) => {
    const { x = 0, y = 0 } = places.find(({ id }) => id === node.id) ?? {};
    return {
      id: node.id,
      type: "box",
      position: { x, y },
      ...box,
      data: {
        node,
        isNarrow,
        calls: callsOf(node, traffic),
        health: health.get(node.title) ?? null,
      },
    };
  });
}

function callsOf({ kind, title }: GraphNode, traffic: Traffic | undefined): number | null {
  if (traffic === undefined || kind === "aside" || kind === "plan") return null;
  return kind === "route" ? traffic.calls : (traffic.answeredBy.get(title)?.calls ?? 0);
}

function linesOf({ graph, traffic }: PlanGraphProps): LineEdgeShape[] {
  return graph.edges.map(({ from, to, words }) => {
    const node = graph.nodes.find(({ id }) => id === to);
    const isAside = node?.kind === "aside";
    const share = traffic === undefined || node === undefined || isAside ? null : shareOf(traffic, node.targets);
    return { id: `${from} ${to}`, source: from, target: to, type: "line", data: { words, share, isAside } };
  });
}
