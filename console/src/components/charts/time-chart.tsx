// A chart over time: its name, its plot, the same figures as a table, and the command that fetches them.
import { useId, useMemo, useState } from "react";
import { Panel, PanelHead } from "../figures/panel.tsx";
import { Notice } from "../parts/notice.tsx";
import type { TimeChartProps } from "./chart-props.ts";
import { FiguresTable } from "./figures-table.tsx";
import { type Drawing, prepareDrawing } from "./plot/drawing.ts";
import { Plot } from "./plot/plot.tsx";

const usualHeight = 168;

export function TimeChart(chart: TimeChartProps) {
  const { title, curl, problem, frame = true, height = usualHeight } = chart;
  const id = useId();
  const [isTable, setIsTable] = useState(false);
  const drawing = useDrawing(chart, height);
  const aside = (
    <button
      type="button"
      aria-pressed={isTable}
      aria-label={`${title} as a table`}
      disabled={!drawing.hasFigures}
      onClick={() => setIsTable(!isTable)}
      className="inline-flex min-h-6 items-center rounded-md px-1.5 text-fine text-soft hover:bg-tide hover:text-ink disabled:opacity-55 aria-pressed:bg-tide aria-pressed:text-ink"
    >
      Table
    </button>
  );
  const note = chart.loading === true ? "loading …" : undefined;
  const content = (
    <div aria-busy={chart.loading === true}>
      {isTable && drawing.hasFigures ? (
        <FiguresTable chart={chart} drawing={drawing} height={height} />
      ) : (
        <Plot
          chart={chart.loading === true && !drawing.hasFigures ? { ...chart, empty: "Loading …" } : chart}
          drawing={drawing}
          height={height}
        />
      )}
    </div>
  );
  if (frame)
    return (
      <Panel title={title} note={note} aside={aside} curl={curl} problem={problem}>
        {content}
      </Panel>
    );
  return (
    <section aria-labelledby={id} className="min-w-0">
      <PanelHead id={id} title={title} note={note} aside={aside} curl={curl} level="h3" />
      {problem ? <Notice problem={problem} /> : content}
    </section>
  );
}

/** Made anew when the figures change, not when something else on the page does. */
function useDrawing(chart: TimeChartProps, height: number): Drawing {
  const { unit, startMs, endMs, series, kind, stepMs, fromZero, scaleTo, bounds, usual, usualRange } = chart;
  const steps = Math.max(2, Math.round(height / 52));
  return useMemo(
    () => prepareDrawing(chart, steps),
    [unit, startMs, endMs, series, kind, stepMs, fromZero, scaleTo, bounds, usual, usualRange, steps],
  );
}
