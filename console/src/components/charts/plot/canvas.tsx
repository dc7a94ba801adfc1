// The lines, areas and bars themselves, by uPlot on a canvas. It draws and nothing more: axes, labels and the cursor are
// markup around it, which scales with the reader's text and can be read out.
import { useEffect, useLayoutEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useMedia } from "../../../page/use-media.ts";
import { useTheme } from "../../../page/preferences.ts";
import { readColour } from "../inks.ts";
import type { ValueScale } from "../scales/value-ticks.ts";
import type { Drawing } from "./drawing.ts";
import { type Layer, layersOf } from "./layers.ts";
import { drawBars, lonePoints } from "./paths.ts";

interface CanvasProps {
  drawing: Drawing;
  scale: ValueScale;
  startMs: number;
  endMs: number;
  width: number;
  height: number;
}

type View = CanvasProps & { colours: Map<string, string> };

export function Canvas(props: CanvasProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const view = useRef<View>({ ...props, colours: new Map() });
  const theme = useTheme();
  const isDark = useMedia("(prefers-color-scheme: dark)");
  const { drawing, scale, startMs, endMs, width, height } = props;
  const layers = layersOf(drawing);
  const shape = JSON.stringify([drawing.kind, layers.map(({ row: _row, ...look }) => look)]);

  useLayoutEffect(() => {
    view.current = { ...props, colours: view.current.colours };
  });
  useLayoutEffect(() => {
    if (host.current === null) return;
    const element = host.current;
    readColours(element, view.current);
    const made = new uPlot(optionsOf(view), dataOf(view.current.drawing), element);
    plot.current = made;
    return () => {
      made.destroy();
      plot.current = null;
    };
  }, [shape]);
  useLayoutEffect(() => plot.current?.setSize({ width, height }), [width, height]);
  useLayoutEffect(() => plot.current?.setData(dataOf(drawing)), [drawing, scale, startMs, endMs]);
  useEffect(() => {
    if (host.current === null) return;
    readColours(host.current, view.current);
    plot.current?.redraw(false);
  }, [theme, isDark]);
  return <div ref={host} aria-hidden="true" className="pointer-events-none absolute inset-0" />;
}

function dataOf(drawing: Drawing): uPlot.AlignedData {
  return [drawing.xs, ...layersOf(drawing).map(({ row }) => row)];
}

/** Written again only where the theme or the shape has changed: reading a colour makes the browser compute styles. */
function readColours(element: HTMLElement, view: View): void {
  view.colours.clear();
  for (const { ink, edge, fill, ground } of layersOf(view.drawing)) {
    if (edge > 0) view.colours.set(ink, readColour(element, ink, { percent: 100, ground }));
    if (fill > 0) view.colours.set(`${ink} ${fill}`, readColour(element, ink, { percent: fill, ground }));
  }
}

function optionsOf(view: { readonly current: View }): uPlot.Options {
  const { drawing, width, height } = view.current;
  const layers = layersOf(drawing);
  const range = layers.findIndex(({ role }) => role === "range high") + 1;
  return {
    width,
    height,
    ms: 1,
    padding: [0, 0, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    axes: [{ show: false }, { show: false }],
    scales: {
      x: { time: false, range: () => [view.current.startMs, view.current.endMs] },
      y: { range: () => [view.current.scale.low, view.current.scale.high] },
    },
    series: [{}, ...layers.map((layer) => seriesOf(layer, view))],
    bands:
      range === 0
        ? []
        : [{ series: [range, range + 1], fill: () => view.current.colours.get("control 18") ?? "transparent" }],
  };
}

function seriesOf(layer: Layer, view: { readonly current: View }): uPlot.Series {
  const { ink, edge, fill, dash } = layer;
  return {
    scale: "y",
    width: edge,
    stroke: () => view.current.colours.get(ink) ?? "transparent",
    ...(fill > 0 && layer.role === "series"
      ? { fill: () => view.current.colours.get(`${ink} ${fill}`) ?? "transparent" }
      : {}),
    ...(dash.length > 0 ? { dash: [...dash] } : {}),
    ...(layer.isBars
      ? {
          paths: (plot: uPlot, place: number) => drawBars(plot, place, view.current.drawing.barMs),
          points: { show: false },
        }
      : {
          points: {
            show: edge > 0,
            size: 4,
            width: 0,
            filter: lonePoints,
            fill: () => view.current.colours.get(ink) ?? "transparent",
          },
        }),
  };
}
