// When a record ran, on the time of its trace or of a stretch of it. Full: the end of the trace waited for it. Outlined: it did not.
import type { TraceNode } from "../../../../../src/ledger/contract.ts";
import { formatDuration } from "../../../format/figures.ts";
import { placeOnAxis } from "./place-on-axis.ts";
import { hasFailed } from "./trace-tree.ts";
import type { Axis } from "./use-trace-view.ts";

/** Quarters of the axis, under the bars of all rows. */
const quarters =
  "bg-[repeating-linear-gradient(90deg,var(--color-line)_0_1px,transparent_1px_25%)] border-r border-line";

const looks = {
  series: { full: "bg-series-1", outlined: "bg-sheet ring-1 ring-series-2 ring-inset" },
  fail: { full: "bg-fail", outlined: "bg-sheet ring-1 ring-fail ring-inset" },
} as const;

export function TimelineBar({ node, axis }: { node: TraceNode; axis: Axis }) {
  const place = placeOnAxis(node, axis);
  const look = looks[hasFailed(node) ? "fail" : "series"][node.critical_ms > 0 ? "full" : "outlined"];
  return (
    <span className={`relative block h-5 overflow-hidden ${quarters}`} title={sayTimes(node)}>
      <span className="visually-hidden">{sayTimes(node)}</span>
      {place !== null && (
        <span
          className={`absolute inset-y-[5px] min-w-[3px] rounded-sm ${look}`}
          style={{ left: `min(${place.left}%, 100% - 3px)`, width: `${place.width}%` }}
        />
      )}
    </span>
  );
}

function sayTimes({ started_after_ms: startMs, duration_ms: durationMs, critical_ms: waitedMs }: TraceNode): string {
  const waited = waitedMs > 0 ? `, ${formatDuration(waitedMs)} of it waited for` : "";
  return `from ${formatDuration(startMs)} for ${formatDuration(durationMs)}${waited}`;
}

/** The head of the column: the ends of the axis and its middle. */
export function TimelineScale({ axis: { fromMs, toMs } }: { axis: Axis }) {
  return (
    <span aria-hidden="true" className="flex justify-between">
      <span>{fromMs === 0 ? "0" : formatDuration(fromMs)}</span>
      <span>{formatDuration((fromMs + toMs) / 2)}</span>
      <span>{formatDuration(toMs)}</span>
    </span>
  );
}
