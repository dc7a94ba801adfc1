// A line of the drawing: what leads there, and as wide as the share of answers that came along it.
import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from "@xyflow/react";
import { formatShare } from "../../../format/figures.ts";

export type LineEdgeShape = Edge<{ words: string[]; share: number | null; isAside: boolean }, "line">;

const widest = 9;

export function LineEdge({ id, data, ...ends }: EdgeProps<LineEdgeShape>) {
  const { words = [], share = null, isAside = false } = data ?? {};
  const [path] = getBezierPath(ends);
  // Words stand nearer to where the line leads, so that those of one plan stand apart.
  const at = {
    x: ends.sourceX + (ends.targetX - ends.sourceX) * 0.58,
    y: ends.sourceY + (ends.targetY - ends.sourceY) * 0.72,
  };
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        style={{
          stroke: share === null || share === 0 ? "var(--color-control)" : "var(--color-series-2)",
          strokeWidth: share === null ? 1.25 : Math.max(1.25, share * widest),
          ...((isAside || share === 0) && { strokeDasharray: "4 4" }),
        }}
      />
      <EdgeLabelRenderer>
        <div
          className="absolute w-max max-w-38 rounded-md bg-sheet/90 px-1 text-center text-fine leading-4 wrap-anywhere"
          style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}
        >
          <bdi className="line-clamp-3">{words.join(", ")}</bdi>
          {share !== null && !isAside && <span className="block font-semibold">{formatShare(share)} %</span>}
        </div>
      </EdgeLabelRenderer>
    </>
  );
}
