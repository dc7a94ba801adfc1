// What is drawn, the lowest first: the band of the usual, stacks from their top down, lines, and the usual over them.
import type { ChartKind } from "../chart-props.ts";
import type { Row } from "../scales/align-points.ts";
import type { Drawing } from "./drawing.ts";

export interface Layer {
  role: "range high" | "range low" | "series" | "usual";
  row: Row;
  ink: string;
  /** The width of its line in pixels; 0 for none. */
  edge: number;
  /** How much of the ink covers what is under the line, in percent; 0 for nothing. */
  fill: number;
  /** A stack hides what is behind it; areas and bands let it through. */
  ground: "sheet" | "nothing";
  dash: readonly number[];
  isBars: boolean;
}

/** How much of its ink fills a shape, in percent. What is well stays quiet. */
const fills: Record<ChartKind, number> = { line: 0, area: 12, stack: 42, bars: 88 };

export function layersOf({ kind, series, usual, usualRange }: Drawing): Layer[] {
  const layers: Layer[] = [];
  if (usualRange !== null) {
    const base = { ink: "control", edge: 0, fill: 18, ground: "nothing", dash: [], isBars: false } as const;
    layers.push(
      { ...base, role: "range high", row: usualRange.high },
      { ...base, role: "range low", row: usualRange.low },
    );
  }
  const isStacked = kind === "stack" || kind === "bars";
  // A stack is drawn whole from its top down, each part over the one before: no seams, and gaps stay as they are.
  const order = isStacked ? series.toReversed() : series;
  for (const { ink, tops } of order) {
    layers.push({
      role: "series",
      row: tops,
      ink: ink.token,
      edge: kind === "bars" ? 0 : ink.token === "off" ? 1 : 1.5,
      fill: fills[kind] * (ink.token === "ok" ? 0.65 : 1),
      ground: isStacked ? "sheet" : "nothing",
      dash: kind === "line" ? ink.dash : [],
      isBars: kind === "bars",
    });
  }
  if (usual !== null)
    layers.push({
      role: "usual",
      row: usual,
      ink: "soft",
      edge: 1,
      fill: 0,
      ground: "nothing",
      dash: [1, 3],
      isBars: false,
    });
  return layers;
}
