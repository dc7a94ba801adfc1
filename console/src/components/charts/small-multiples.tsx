// Several small charts beside each other, over the same time and under one cursor: easier to compare than lines that cross.
import { useMemo, useState } from "react";
import { formatZone } from "../../format/moments.ts";
import type { TimeChartProps } from "./chart-props.ts";
import { prepareDrawing } from "./plot/drawing.ts";
import { SharedCursorContext } from "./plot/use-time-cursor.ts";
import { TimeChart } from "./time-chart.tsx";

/** `sharedScale`: all of them reach as high as the highest, so that their heights can be compared. */
export function SmallMultiples({
  charts,
  sharedScale = false,
}: {
  charts: readonly TimeChartProps[];
  sharedScale?: boolean;
}) {
  const [ms, move] = useState<number | null>(null);
  const cursor = useMemo(() => ({ ms, move }), [ms]);
  const scaleTo = useMemo(
    () => (sharedScale ? Math.max(0, ...charts.map((chart) => prepareDrawing(chart, 2).scale.high)) : undefined),
    [charts, sharedScale],
  );
  const last = charts.at(-1);
  return (
    <SharedCursorContext value={cursor}>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,19rem),1fr))] gap-x-6 gap-y-4">
        {charts.map((chart) => (
          <TimeChart key={chart.title} frame={false} height={88} {...chart} scaleTo={chart.scaleTo ?? scaleTo} />
        ))}
      </div>
      {last !== undefined && <p className="mt-1 text-right text-fine text-soft">{formatZone(last.endMs)}</p>}
    </SharedCursorContext>
  );
}
