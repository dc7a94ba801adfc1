// What lies under and over the lines of a chart: gridlines, stretches of time, bounds, marks, the present, the cursor.
import type { TimeChartProps } from "../chart-props.ts";
import { inkOf } from "../inks.ts";
import { chooseApart } from "../scales/place-labels.ts";
import { presentIn } from "../scales/time-ticks.ts";
import type { ValueScale } from "../scales/value-ticks.ts";
import type { Reading } from "./readings.ts";

type Share = (ms: number) => number;

interface RegionsProps {
  chart: TimeChartProps;
  scale: ValueScale;
  share: Share;
  chosen: { fromMs: number; toMs: number } | null;
}

/** Under the lines. */
export function Regions({ chart, scale, share, chosen }: RegionsProps) {
  const height = (value: number): string => `${(1 - (value - scale.low) / (scale.high - scale.low)) * 100}%`;
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0">
      {chart.bands?.map(({ fromMs, toMs, label, tone }) => (
        <div
          key={`${fromMs} ${label}`}
          className={`absolute inset-y-0 min-w-px opacity-15 ${inkOf(tone).background}`}
          style={stretch(share, fromMs, toMs)}
        />
      ))}
      {chosen !== null && (
        <div className="absolute inset-y-0 bg-tide" style={stretch(share, chosen.fromMs, chosen.toMs)} />
      )}
      {scale.ticks.map((value) => (
        <div
          key={value}
          className={`absolute inset-x-0 -mt-px h-px ${value === 0 || value === scale.low ? "bg-control" : "bg-line"}`}
          style={{ top: height(value) }}
        />
      ))}
    </div>
  );
}

interface LinesProps {
  chart: TimeChartProps;
  scale: ValueScale;
  share: Share;
  labels: readonly Reading[];
  cursor: number | null;
  barMs: number | null;
}

/** Over the lines. */
export function Lines({ chart, scale, share, labels, cursor, barMs }: LinesProps) {
  const present = presentIn(chart, Date.now());
  const at = cursor === null ? null : share(cursor + (barMs ?? 0) / 2) * 100;
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0">
      {chart.bounds
        ?.filter(({ value }) => value <= scale.high && value >= scale.low)
        .map(({ value, label, tone }) => (
          <div
            key={label}
            className={`absolute inset-x-0 -mt-px h-px ${inkOf(tone).background}`}
            style={{ top: `${(1 - (value - scale.low) / (scale.high - scale.low)) * 100}%` }}
          />
        ))}
      {chart.marks?.map(({ atMs, label }) => (
        <div
          key={`${atMs} ${label}`}
          className="absolute -top-1 bottom-0 w-px bg-control/55"
          style={{ left: `${share(atMs) * 100}%` }}
        />
      ))}
      {present !== null && (
        <div className="absolute -top-1 -bottom-1 -ml-px w-px bg-pen" style={{ left: `${share(present) * 100}%` }} />
      )}
      {at !== null && (
        <div className="absolute inset-y-0 -ml-px w-px bg-pen" style={{ left: `${at}%` }}>
          {labels.map(({ key, dot, ink }) =>
            dot === null ? null : (
              <span
                key={key}
                className={`absolute size-2 -translate-1/2 rounded-full ring-2 ring-sheet ${ink.background}`}
                style={{ top: `${(1 - dot) * 100}%` }}
              />
            ),
          )}
        </div>
      )}
    </div>
  );
}

interface MarksProps {
  chart: TimeChartProps;
  share: Share;
  widthRem: number;
  /** Kept free at the left, for the unit. */
  keepRem: number;
}

/** The names of marks and stretches, above the plot: those that fit beside each other; the table has them all. */
export function Marks({ chart, share, widthRem, keepRem }: MarksProps) {
  // Stretches first, then what happened last: where not all fit, those are looked for.
  const all = [
    ...(chart.bands ?? []).map(({ fromMs, label, tone }) => ({
      ms: Math.max(fromMs, chart.startMs),
      label,
      text: inkOf(tone).text,
    })),
    ...(chart.marks ?? []).toReversed().map(({ atMs, label }) => ({ ms: atMs, label, text: "text-soft" })),
  ].filter(({ ms }) => ms >= chart.startMs && ms <= chart.endMs);
  const spans = all.map(({ ms, label }) => {
    const size = label.length * 0.42 + 0.5;
    const from = Math.min(share(ms) * widthRem - 0.1, widthRem - size);
    return { from, to: from + size };
  });
  const isShown = chooseApart([{ from: -Infinity, to: keepRem - 2 }, ...spans]).slice(1);
  return all.map(({ ms, label, text }, index) =>
    isShown[index] === true ? (
      <span
        key={`${ms} ${label}`}
        className={`absolute top-0.5 leading-4 whitespace-nowrap ${text}`}
        style={{ left: `${spans[index]?.from ?? 0}rem` }}
      >
        {label}
      </span>
    ) : null,
  );
}

function stretch(share: Share, fromMs: number, toMs: number): { left: string; width: string } {
  const from = Math.max(0, Math.min(1, share(fromMs)));
  return { left: `${from * 100}%`, width: `${(Math.max(from, Math.min(1, share(toMs))) - from) * 100}%` };
}
