// From a chart's figures to what is drawn: one row of moments, rows to draw, and the scale that holds them. Pure.
import type { ChartBound, ChartKind, TimeChartProps } from "../chart-props.ts";
import { type Ink, inkOf, toneByPlace } from "../inks.ts";
import { alignPoints, regularStep, type Row, smallestStep, stackRows } from "../scales/align-points.ts";
import { chooseValueTicks, type ValueScale } from "../scales/value-ticks.ts";

export interface DrawnSeries {
  name: string;
  ink: Ink;
  /** The figures themselves. */
  values: Row;
  /** Where they are drawn: with stacks on top of those before. */
  tops: Row;
}

export interface Drawing {
  kind: ChartKind;
  xs: number[];
  /** How long a bar lasts; null where there are none. */
  barMs: number | null;
  series: DrawnSeries[];
  usual: Row | null;
  usualRange: { low: Row; high: Row } | null;
  scale: ValueScale;
  /** Bounds so far above everything else that they would press it flat: said, not drawn. */
  farBounds: ChartBound[];
  hasFigures: boolean;
}

/** A bound up to this many times the largest figure is on the scale. */
const boundReach = 3;
/** How long a bar lasts that has no neighbour to tell by: a minute. */
const lonely = 60_000;

export function prepareDrawing(chart: TimeChartProps, steps: number): Drawing {
  const { kind = "line", usual, usualRange, fromZero = true } = chart;
  const points = chart.series.map((series) => series.points);
  const isStepped = kind === "bars";
  const stepMs = chart.stepMs ?? (isStepped ? (smallestStep(points) ?? lonely) : regularStep(points));
  const all = [...points, ...(usual ? [usual] : []), ...rangePoints(usualRange)];
  // Bars have no line that could run on through a gap.
  const { xs, rows } = alignPoints(all, isStepped ? null : stepMs);
  const values = rows.slice(0, points.length);
  const isStacked = kind === "stack" || (kind === "bars" && values.length > 1);
  const tops = isStacked ? stackRows(values) : values;
  const rest = rows.slice(points.length);
  const usualRow = usual ? (rest.shift() ?? null) : null;
  const [low, high] = rest;
  const barMs = isStepped ? stepMs : null;
  const inside = xs.map((ms) => isWithin(ms, chart, barMs));
  const inView = extent([...tops, ...(usualRow ? [usualRow] : []), ...rest], inside);
  const bounds = chart.bounds ?? [];
  const { scaleTo = -Infinity } = chart;
  const isNear = (value: number): boolean => !inView.hasFigures || value <= Math.max(inView.max * boundReach, scaleTo);
  const near = bounds.filter(({ value }) => isNear(value));
  const highest = Math.max(inView.max, ...near.map(({ value }) => value));
  const max = Math.max(withHeadroom(highest, chart.unit, kind), scaleTo);
  const min = Math.min(inView.min, ...near.map(({ value }) => value));
  return {
    kind,
    xs,
    barMs,
    series: chart.series.map(({ name, tone }, place) => ({
      name,
      ink: inkOf(tone ?? toneByPlace(place)),
      values: values[place] ?? [],
      tops: tops[place] ?? [],
    })),
    usual: usualRow,
    usualRange: low !== undefined && high !== undefined ? { low, high } : null,
    scale: chooseValueTicks({
      min: Number.isFinite(min) ? min : 0,
      max: Number.isFinite(max) ? max : 0,
      unit: chart.unit,
      steps,
      fromZero: fromZero || kind !== "line",
    }),
    farBounds: bounds.filter((bound) => !near.includes(bound)),
    hasFigures: extent(values, inside).hasFigures,
  };
}

/** A line keeps off the edge. Bars may touch it, and a whole is a whole. */
function withHeadroom(max: number, unit: string, kind: ChartKind): number {
  if (max <= 0 || kind === "bars") return max;
  return unit === "share" && max <= 1 ? Math.min(1, max * 1.04) : max * 1.04;
}

function rangePoints(range: TimeChartProps["usualRange"]): [number, number | null][][] {
  if (range === undefined) return [];
  return [range.map(([ms, low]) => [ms, low]), range.map(([ms, , high]) => [ms, high])];
}

/** Whether something at this moment is on the chart: a point on it, or a bar that reaches into it. */
export function isWithin(ms: number, chart: { startMs: number; endMs: number }, barMs: number | null): boolean {
  return barMs === null ? ms >= chart.startMs && ms <= chart.endMs : ms > chart.startMs - barMs && ms < chart.endMs;
}

function extent(rows: readonly Row[], inside: readonly boolean[]): { min: number; max: number; hasFigures: boolean } {
  let [min, max] = [Infinity, -Infinity];
  for (const row of rows) {
    row.forEach((value, index) => {
      if (typeof value !== "number" || inside[index] !== true) return;
      min = Math.min(min, value);
      max = Math.max(max, value);
    });
  }
  return { min, max, hasFigures: max !== -Infinity };
}
