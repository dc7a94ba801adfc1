// Two shapes that uPlot has not as we want them: bars as wide as their step in time, and dots for figures that stand alone.
import type uPlot from "uplot";

/** Bars from zero, each over its own step, with a hairline of the ground between them. */
export function drawBars(plot: uPlot, place: number, barMs: number | null): uPlot.Series.Paths {
  const bars = new Path2D();
  const [xs, row] = [plot.data[0], plot.data[place]];
  const zero = plot.valToPos(Math.max(0, plot.scales["y"]?.min ?? 0), "y", true);
  const span = barMs ?? 0;
  const pixel = devicePixelRatio;
  for (let index = 0; index < (xs?.length ?? 0); index += 1) {
    const [ms, value] = [xs?.[index], row?.[index]];
    if (typeof ms !== "number" || typeof value !== "number" || value === 0) continue;
    const left = Math.round(plot.valToPos(ms, "x", true));
    const right = Math.round(plot.valToPos(ms + span, "x", true));
    const gap = right - left > 4 * pixel ? pixel : 0;
    const top = plot.valToPos(value, "y", true);
    // What is there is seen, however little it is.
    const size = Math.max(pixel, Math.abs(zero - top));
    bars.rect(left, value > 0 ? zero - size : zero, Math.max(pixel, right - left - gap), size);
  }
  return { fill: bars, flags: 0 };
}

/** The places of figures between two gaps: no line can show them. */
export function lonePoints(plot: uPlot, place: number): number[] {
  const row = plot.data[place] ?? [];
  const lone: number[] = [];
  let before: number | null = null;
  for (let index = 0; index < row.length; index += 1) {
    const value = row[index];
    if (value === undefined) continue;
    if (typeof value === "number" && before === null) {
      let next = index + 1;
      while (next < row.length && row[next] === undefined) next += 1;
      if (typeof row[next] !== "number") lone.push(index);
    }
    before = value;
  }
  return lone;
}
