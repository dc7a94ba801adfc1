// The figures of a chart as a real table, newest first, with what was marked on it.
import { formatZone } from "../../format/moments.ts";
import { formatStamp } from "../../format/stamps.ts";
import type { TimeChartProps } from "./chart-props.ts";
import { type Drawing, isWithin } from "./plot/drawing.ts";
import type { Row } from "./scales/align-points.ts";
import { formatExact } from "./scales/units.ts";

const rowsMax = 500;

export function FiguresTable({ chart, drawing, height }: { chart: TimeChartProps; drawing: Drawing; height: number }) {
  const { title, unit, endMs } = chart;
  const inside = drawing.xs.flatMap((ms, index) => (isWithin(ms, chart, drawing.barMs) ? [{ ms, index }] : []));
  const rows = inside.toReversed().slice(0, rowsMax);
  const columns: { name: string; row: Row }[] = [
    ...drawing.series.map(({ name, values }) => ({ name, row: values })),
    ...(drawing.usual === null ? [] : [{ name: "usual", row: drawing.usual }]),
    ...(drawing.usualRange === null
      ? []
      : [
          { name: "usual, from", row: drawing.usualRange.low },
          { name: "usual, to", row: drawing.usualRange.high },
        ]),
  ];
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label={`${title}: table`}
      className="overflow-auto text-fine"
      style={{ height: height + 40 }}
    >
      <table className="w-full border-collapse">
        <caption className="pb-1 text-left text-soft">{captionOf(chart, rows.length, inside.length)}</caption>
        <thead>
          <tr className="text-soft">
            <th scope="col" className="sticky top-0 bg-sheet py-1 pr-3 text-left font-normal whitespace-nowrap">
              {drawing.barMs !== null ? "From" : "Time"}, {formatZone(endMs)}
            </th>
            {columns.map(({ name }) => (
              <th key={name} scope="col" className="sticky top-0 bg-sheet py-1 pl-3 text-right font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ ms, index }) => (
            <tr key={ms} className="border-t border-line">
              <th scope="row" className="py-0.5 pr-3 text-left font-normal whitespace-nowrap">
                <time dateTime={new Date(ms).toISOString()}>{formatStamp(ms)}</time>
              </th>
              {columns.map(({ name, row }) => (
                <td key={name} className="py-0.5 pl-3 text-right whitespace-nowrap">
                  {figure(row[index], unit)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function figure(value: number | null | undefined, unit: string): string {
  return typeof value === "number" ? formatExact(value, unit) : "–";
}

function captionOf(chart: TimeChartProps, shown: number, all: number): string {
  const marked = [
    ...(chart.bounds ?? []).map(({ label, value }) => `${label} ${formatExact(value, chart.unit)}`),
    ...(chart.marks ?? []).map(({ label, atMs }) => `${label} ${formatStamp(atMs)}`),
    ...(chart.bands ?? []).map(({ label, fromMs, toMs }) => `${label} ${formatStamp(fromMs)} to ${formatStamp(toMs)}`),
  ];
  const many = shown < all ? [`The newest ${shown} of ${all}; the API gives them all`] : [];
  return [...many, ...marked].map((sentence) => `${sentence}.`).join(" ");
}
