// The tape under the toolbar: the last five minutes of the list, one column a step of three seconds, the present at the
// right under a fixed line, as on a heading tape. What went wrong stands on top, in its colour.
import { type CallOutcome, callOutcomes } from "../../../../src/ledger/outcomes/contract.ts";
import { readTape, spanMs, stepMs, steps, type TapeStep, unseenSteps } from "./feed/tape.ts";
import { useFeed } from "./feed/feed-context.ts";
import { useNow } from "../../page/use-now.ts";

const height = 28;
const fills: Record<CallOutcome, string> = {
  ok: "fill-ok/65",
  refused: "fill-warn",
  failed: "fill-fail",
  truncated: "fill-fail",
  cancelled: "fill-off",
};
const marks = [5, 4, 3, 2, 1];

export function Tape() {
  const { list } = useFeed();
  const nowMs = useNow(1000);
  const columns = readTape(list.tape, nowMs);
  const peak = Math.max(1, ...columns.map(sumOf));
  const unseen = unseenSteps(list.tape, nowMs);
  return (
    <div className="relative border-b border-line bg-sheet px-4 pt-1.5">
      <svg
        viewBox={`0 0 ${steps} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={describe(columns)}
        className="block h-7 w-full"
        shapeRendering="crispEdges"
      >
        {unseen > 0 && <rect width={unseen} height={height} className="fill-paper" />}
        {columns.map((step, index) => (
          <Column key={index} step={step} x={index} scale={(height - 2) / peak} />
        ))}
        <rect x={steps - 0.15} width="0.15" height={height} className="fill-pen" />
      </svg>
      <div aria-hidden="true" className="tape-scale relative h-5 border-t border-line text-fine text-soft">
        {marks.map((minutes) => (
          <span
            key={minutes}
            className="absolute top-0 border-l border-control pl-1 leading-5"
            style={{ left: `${(1 - (minutes * 60_000) / spanMs) * 100}%` }}
          >
            {minutes}
            {minutes === 5 && " min"}
          </span>
        ))}
        <span className="absolute top-1 right-0 bg-sheet pl-1 leading-3">
          {peak > 1 && <span className="hidden sm:inline">{`peak ${peak} in ${stepMs / 1000} s, `}</span>}now
        </span>
      </div>
    </div>
  );
}

function Column({ step, x, scale }: { step: TapeStep; x: number; scale: number }) {
  let y = height;
  return callOutcomes.map((outcome) => {
    const size = (step[outcome] ?? 0) * scale;
    if (size === 0) return null;
    y -= size;
    return <rect key={outcome} x={x + 0.12} y={y} width="0.76" height={size} className={fills[outcome]} />;
  });
}

function sumOf(step: TapeStep): number {
  return callOutcomes.reduce((sum, outcome) => sum + (step[outcome] ?? 0), 0);
}

function describe(columns: readonly TapeStep[]): string {
  const counted = callOutcomes
    .map((outcome) => ({ outcome, count: columns.reduce((sum, step) => sum + (step[outcome] ?? 0), 0) }))
    .filter(({ count }) => count > 0);
  const words = counted.map(({ outcome, count }) => `${count} ${outcome}`).join(", ");
  return `Calls that ended in the last five minutes: ${words === "" ? "none" : words}`;
}
