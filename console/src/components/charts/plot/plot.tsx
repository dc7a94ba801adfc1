// A chart's instrument: unit and marks above, round figures on the left, names and figures at the right end of what they
// name, the reader's time below. On a narrow page the names stand above instead.
import { lazy, Suspense, useContext, useRef, useState } from "react";
import { useElementWidth } from "../../../page/use-element-width.ts";
import type { TimeChartProps } from "../chart-props.ts";
import { chooseTimeTicks } from "../scales/time-ticks.ts";
import { axisUnit, formatExactShort, formatTick } from "../scales/units.ts";
import { keepScale, type ValueScale } from "../scales/value-ticks.ts";
import type { Drawing } from "./drawing.ts";
import { EndLabels, RowLabels } from "./labels.tsx";
import { Lines, Marks, Regions } from "./overlay.tsx";
import { describeMoment, readings } from "./readings.ts";
import { TimeAxis } from "./time-axis.tsx";
import { SharedCursorContext, useTimeCursor } from "./use-time-cursor.ts";

/** Where there is something to draw: the library behind it takes its time to set up, and an empty page needs none of it. */
const Canvas = lazy(() => import("./canvas.tsx").then((module) => ({ default: module.Canvas })));

interface PlotProps {
  chart: TimeChartProps;
  drawing: Drawing;
  /** In pixels at the usual text size. */
  height: number;
}

export function Plot({ chart, drawing, height }: PlotProps) {
  const { startMs, endMs, unit } = chart;
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLDivElement>(null);
  const { widthRem, rem } = useElementWidth(box);
  const fieldRem = useElementWidth(field).widthRem;
  const scale = useSteadyScale(drawing.scale, `${unit} ${endMs - startMs} ${drawing.kind}`);
  const isAmongOthers = useContext(SharedCursorContext) !== null;
  const isNarrow = widthRem < 32;
  const { barMs } = drawing;
  const cursor = useTimeCursor({ xs: drawing.xs, startMs, endMs, barMs, onZoom: chart.onZoom, onPoint: chart.onPoint });
  const labels = readings({ chart, drawing, scale, ms: cursor.ms });
  const hasNames = (chart.marks?.length ?? 0) + (chart.bands?.length ?? 0) > 0;
  const axis = axisUnit(unit, scale.high);
  const heightPx = (height / 16) * rem;
  const ticks = (drawing.hasFigures ? scale.ticks : []).map((value) => ({
    value,
    text: formatTick(value, scale.step, axis),
  }));
  const left = Math.max(3, ...ticks.map(({ text }) => text.length));
  const right = isNarrow ? 0 : gutter(chart, drawing);
  const moment = cursor.ms === null ? null : describeMoment(cursor.ms, barMs);
  const share = (ms: number): number => (ms - startMs) / (endMs - startMs);
  return (
    <div ref={box} className="min-w-0 text-fine">
      {isNarrow && <RowLabels labels={labels} unit={axis.name} />}
      <div
        className="grid"
        style={{
          gridTemplateColumns: `calc(${left}ch + 0.5rem) minmax(0, 1fr) calc(${right}ch + ${isNarrow ? 0 : 1}rem)`,
        }}
      >
        <div className={`col-span-full grid grid-cols-subgrid text-soft ${isNarrow && !hasNames ? "h-1" : "h-6"}`}>
          <span className="col-start-1 row-start-1 w-0 whitespace-nowrap">{!isNarrow && axis.name}</span>
          <div className="relative col-start-2 row-start-1">
            <Marks chart={chart} share={share} widthRem={fieldRem} keepRem={isNarrow ? 0 : axis.name.length * 0.45} />
          </div>
        </div>
        <div aria-hidden="true" className="relative text-right text-soft" style={{ height: heightPx }}>
          {ticks.map(({ value, text }) => (
            <span
              key={value}
              className="absolute right-2 -translate-y-1/2 leading-none"
              style={{ top: `${(1 - (value - scale.low) / (scale.high - scale.low)) * 100}%` }}
            >
              {text}
            </span>
          ))}
        </div>
        <div
          ref={field}
          role="slider"
          tabIndex={drawing.hasFigures ? 0 : -1}
          aria-label={`${chart.title}: cursor`}
          aria-roledescription="time cursor"
          aria-valuemin={0}
          aria-valuemax={Math.max(0, cursor.xs.length - 1)}
          aria-valuenow={cursor.index ?? Math.max(0, cursor.xs.length - 1)}
          aria-valuetext={`${moment ?? "latest"}: ${labels.map(({ name, text }) => `${name} ${text}`).join(", ")}`}
          className="relative cursor-crosshair touch-pan-y"
          style={{ height: heightPx }}
          onPointerMove={cursor.onPointerMove}
          onPointerLeave={cursor.onPointerLeave}
          onPointerDown={cursor.onPointerDown}
          onPointerUp={cursor.onPointerUp}
          onPointerCancel={cursor.onPointerCancel}
          onKeyDown={cursor.onKeyDown}
          onBlur={cursor.onBlur}
        >
          <Regions chart={chart} scale={scale} share={share} chosen={cursor.chosen} />
          {fieldRem > 0 && drawing.hasFigures && (
            <Suspense fallback={<div aria-busy="true" className="absolute inset-0" />}>
              <Canvas
                drawing={drawing}
                scale={scale}
                startMs={startMs}
                endMs={endMs}
                width={Math.round(fieldRem * rem)}
                height={Math.round(heightPx)}
              />
            </Suspense>
          )}
          <Lines chart={chart} scale={scale} share={share} labels={labels} cursor={cursor.ms} barMs={barMs} />
          {!drawing.hasFigures && (
            <p className="absolute inset-0 flex items-center justify-center px-4 text-center text-body text-soft">
              <span className="bg-sheet px-2">{chart.empty ?? "Nothing came in this time."}</span>
            </p>
          )}
        </div>
        <div className="relative min-w-0">{!isNarrow && <EndLabels labels={labels} height={heightPx} rem={rem} />}</div>
        <TimeAxis
          startMs={startMs}
          endMs={endMs}
          ticks={chooseTimeTicks(startMs, endMs, Math.max(2, Math.min(6, Math.floor(fieldRem / 4))))}
          widthRem={fieldRem}
          moment={
            moment === null || cursor.ms === null ? null : { text: moment, share: share(cursor.ms + (barMs ?? 0) / 2) }
          }
          isNarrow={isNarrow}
          saysZone={!isAmongOthers}
        />
      </div>
    </div>
  );
}

/** The scale, held while figures move within it, and taken anew with another unit or another length of time. */
function useSteadyScale(next: ValueScale, key: string): ValueScale {
  const [kept, setKept] = useState({ scale: next, key });
  const scale = keepScale(kept.key === key ? kept.scale : null, next);
  if (kept.key !== key || kept.scale !== scale) setKept({ scale, key });
  return scale;
}

/** How many figures' widths the names at the right end need; the same whatever the figures are just now. */
function gutter(chart: TimeChartProps, drawing: Drawing): number {
  const names = [
    ...(chart.series.length > 1 ? chart.series.map(({ name }) => name) : []),
    ...(chart.bounds ?? []).map(({ label }) => label),
    ...(chart.usual || chart.usualRange ? ["usual"] : []),
  ];
  const value = formatExactShort(drawing.scale.high * 0.987_654, chart.unit).length;
  const name = Math.min(18, Math.max(0, ...names.map((text) => text.length)));
  return Math.min(30, Math.max(9, value + (name === 0 ? 0 : name + 4)));
}
