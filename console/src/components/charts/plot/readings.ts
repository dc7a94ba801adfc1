// What stands at the right end of a chart: each series' figure now, or at the cursor, at the height of its line. Pure.
import { formatSpan, formatStampWithZone } from "../../../format/stamps.ts";
import type { TimeChartProps } from "../chart-props.ts";
import { type Ink, inkOf } from "../inks.ts";
import type { Row } from "../scales/align-points.ts";
import { formatExactShort, formatShort } from "../scales/units.ts";
import type { ValueScale } from "../scales/value-ticks.ts";
import { type Drawing, isWithin } from "./drawing.ts";

export interface Reading {
  key: string;
  role: "series" | "usual" | "bound";
  name: string;
  /** The title of a chart of one series says what it is. */
  hidesName: boolean;
  text: string;
  ink: Ink;
  /** Where it stands: 0 at the foot of the scale, 1 at its head. */
  at: number;
  /** Where its dot stands while the cursor is on it; null for none. */
  dot: number | null;
}

interface ReadingsOptions {
  chart: TimeChartProps;
  drawing: Drawing;
  scale: ValueScale;
  /** The moment under the cursor; null for the latest. */
  ms: number | null;
}

export function readings({ chart, drawing, scale, ms }: ReadingsOptions): Reading[] {
  const { unit, bounds = [] } = chart;
  const last = lastInside(drawing, chart);
  const index = ms === null ? last : drawing.xs.indexOf(ms);
  const share = (value: number): number => Math.min(1, Math.max(0, (value - scale.low) / (scale.high - scale.low)));
  const say = (value: number | null | undefined): string => {
    if (typeof value !== "number") return "–";
    return ms === null ? formatShort(value, unit) : formatExactShort(value, unit);
  };
  const isStacked = drawing.kind === "stack" || (drawing.kind === "bars" && drawing.series.length > 1);
  const drawn = drawing.hasFigures ? drawing.series : [];
  const series = drawn.map(({ name, ink, values, tops }, place): Reading => {
    const top = lastFigure(tops, last);
    const floor = isStacked && place > 0 ? lastFigure(drawing.series[place - 1]?.tops ?? [], last) : top;
    const here = tops[index];
    return {
      key: `${place} ${name}`,
      role: "series",
      name,
      hidesName: drawing.series.length === 1,
      text: say(values[index]),
      ink,
      at: share(isStacked ? (top + (place > 0 ? floor : 0)) / 2 : top),
      dot: ms !== null && drawing.kind !== "bars" && typeof here === "number" ? share(here) : null,
    };
  });
  const usual = drawing.usual;
  const range = drawing.usualRange;
  const soft: Ink = { token: "soft", dash: [1, 3], background: "bg-soft", text: "text-soft", stroke: "stroke-soft" };
  return [
    ...series,
    ...((usual === null && range === null) || !drawing.hasFigures
      ? []
      : [
          {
            key: "usual",
            role: "usual" as const,
            name: "usual",
            hidesName: false,
            text: usual === null ? `${say(range?.low[index])} – ${say(range?.high[index])}` : say(usual[index]),
            ink: soft,
            at: share(lastFigure(usual ?? range?.high ?? [], last)),
            dot: null,
          },
        ]),
    ...bounds.map((bound) => ({
      key: `bound ${bound.label}`,
      role: "bound" as const,
      name: drawing.farBounds.includes(bound) ? `${bound.label} ↑` : bound.label,
      hidesName: false,
      text: formatShort(bound.value, unit),
      ink: inkOf(bound.tone),
      at: share(bound.value),
      dot: null,
    })),
  ];
}

export function describeMoment(ms: number, barMs: number | null): string {
  return barMs === null ? formatStampWithZone(ms) : formatSpan(ms, ms + barMs);
}

/** The last moment at which any series says something: what came after it is not there yet. */
function lastInside({ xs, series, barMs }: Drawing, chart: TimeChartProps): number {
  for (let index = xs.length - 1; index >= 0; index -= 1) {
    if (!isWithin(xs[index] ?? 0, chart, barMs)) continue;
    if (series.some(({ values }) => values[index] !== undefined)) return index;
  }
  return -1;
}

function lastFigure(row: Row, from: number): number {
  for (let index = from; index >= 0; index -= 1) {
    const value = row[index];
    if (typeof value === "number") return value;
  }
  return 0;
}
