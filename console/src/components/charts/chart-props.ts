// What a chart over time is made from. Moments are milliseconds since 1970, figures are in `unit`.
import type { Problem } from "../../api/explain-error.ts";
import type { Tone } from "./inks.ts";
import type { Point } from "./scales/align-points.ts";

export type ChartKind = "line" | "bars" | "stack" | "area";

export interface ChartSeries {
  name: string;
  /** Ascending. With bars a point is the beginning of its step. */
  points: readonly Point[];
  tone?: Tone | undefined;
}

export interface ChartBound {
  value: number;
  label: string;
  tone: Tone;
}

export interface ChartBand {
  fromMs: number;
  toMs: number;
  label: string;
  tone: Tone;
}

export interface ChartMark {
  atMs: number;
  label: string;
}

export interface TimeChartProps {
  title: string;
  /** `ms`, `usd_micros`, `bytes`, `share` (0 to 1), or any word: `calls`, `tokens/s`. */
  unit: string;
  startMs: number;
  endMs: number;
  series: readonly ChartSeries[];
  kind?: ChartKind | undefined;
  /** The distance of points: wider gaps stay gaps, bars are as wide. Found by itself where points come regularly. */
  stepMs?: number | undefined;
  /** False for lines whose scale need not begin at zero. */
  fromZero?: boolean | undefined;
  /** The scale reaches at least to here: how small multiples share one. */
  scaleTo?: number | undefined;
  bounds?: readonly ChartBound[] | undefined;
  bands?: readonly ChartBand[] | undefined;
  marks?: readonly ChartMark[] | undefined;
  /** A dotted line of what is usual. */
  usual?: readonly Point[] | undefined;
  /** A quiet band of what is usual: from low to high. */
  usualRange?: readonly (readonly [ms: number, low: number | null, high: number | null])[] | undefined;
  /** Of the plot alone, in pixels at the usual text size. */
  height?: number | undefined;
  /** The command that fetches the same figures. */
  curl?: string | undefined;
  /** Said where there is nothing to draw. */
  empty?: string | undefined;
  loading?: boolean | undefined;
  problem?: Problem | null | undefined;
  /** False inside a panel or beside others. */
  frame?: boolean | undefined;
  onZoom?: ((fromMs: number, toMs: number) => void) | undefined;
  onPoint?: ((ms: number) => void) | undefined;
}
