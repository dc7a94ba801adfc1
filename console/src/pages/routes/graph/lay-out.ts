// Where boxes stand: dagre's layered drawing, from left to right, or downwards where the page is narrow.
import { graphlib, layout } from "@dagrejs/dagre";
import type { PlanGraph } from "./build-graph.ts";

export interface Placed {
  id: string;
  x: number;
  y: number;
}

export interface LaidOut {
  width: number;
  height: number;
  places: Placed[];
}

export interface BoxSize {
  width: number;
  height: number;
}

interface Layout {
  box: BoxSize;
  isNarrow: boolean;
  /** Between one row of boxes and the next: room for the words on the lines. */
  lineLength: number;
}

export function layOut({ nodes, edges }: PlanGraph, { box, isNarrow, lineLength }: Layout): LaidOut {
  const graph = new graphlib.Graph();
  graph.setGraph({
    rankdir: isNarrow ? "TB" : "LR",
    ranksep: lineLength,
    nodesep: isNarrow ? 12 : 16,
    marginx: 2,
    marginy: 2,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { ...box });
  for (const { from, to } of edges) graph.setEdge(from, to);
  // A tree has no lines that cross: what is written first stays first.
  layout(graph, { disableOptimalOrderHeuristic: true });
  const { width = 0, height = 0 } = graph.graph();
  const places = nodes.map(({ id }) => {
    const { x, y } = graph.node(id);
    return { id, x: x - box.width / 2, y: y - box.height / 2 };
  });
  return { width, height, places };
}
