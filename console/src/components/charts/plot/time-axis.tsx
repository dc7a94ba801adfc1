// The time below a chart: few round marks, the zone once, and under the cursor the moment it stands on.
import { formatOtherDay, formatZone } from "../../../format/moments.ts";
import { chooseApart } from "../scales/place-labels.ts";
import type { TimeTick } from "../scales/time-ticks.ts";

interface TimeAxisProps {
  startMs: number;
  endMs: number;
  ticks: readonly TimeTick[];
  widthRem: number;
  moment: { text: string; share: number } | null;
  isNarrow: boolean;
  saysZone: boolean;
}

/** About the width of a figure in the smallest text. */
const letterRem = 0.42;

export function TimeAxis({ startMs, endMs, ticks, widthRem, moment, isNarrow, saysZone }: TimeAxisProps) {
  const place = (atMs: number): number => (atMs - startMs) / (endMs - startMs);
  const fitting = ticks.filter(({ atMs, label }) => fits(place(atMs), widthRem, label));
  // Where no mark says the day, the first one does; today goes without saying.
  const day = fitting.some(({ isMain }) => isMain) ? null : formatOtherDay(startMs, Date.now());
  const labels = fitting.map((tick, index) => ({
    ...tick,
    label: day !== null && index === 0 ? `${day}, ${tick.label}` : tick.label,
  }));
  const isShown = chooseApart(
    labels.map(({ atMs, label }) => {
      const half = (label.length * letterRem) / 2 + 0.4;
      return { from: place(atMs) * widthRem - half, to: place(atMs) * widthRem + half };
    }),
  );
  const zone = formatZone(endMs);
  return (
    <>
      <div aria-hidden="true" className={`relative col-start-2 h-5 text-soft ${isNarrow && saysZone ? "mb-4" : ""}`}>
        {ticks.map(({ atMs }) => (
          <span key={atMs} className="absolute top-0 h-1 w-px bg-control" style={{ left: `${place(atMs) * 100}%` }} />
        ))}
        {labels.map(({ atMs, label, isMain }, index) =>
          isShown[index] === true ? (
            <span
              key={atMs}
              className={`absolute top-1 -translate-x-1/2 leading-4 whitespace-nowrap ${isMain ? "text-ink" : ""}`}
              style={{ left: `${place(atMs) * 100}%` }}
            >
              {label}
            </span>
          ) : null,
        )}
        {isNarrow && saysZone && <span className="absolute top-5 right-0 leading-4">{zone}</span>}
        {moment !== null && (
          <span
            className="absolute top-0.5 z-2 rounded-md bg-pen px-1.5 leading-4 font-semibold whitespace-nowrap text-on-pen"
            style={flagPlace(moment.share, (moment.text.length * letterRem + 1) / widthRem)}
          >
            {moment.text}
          </span>
        )}
      </div>
      <div className="h-5 pt-1 pl-2 leading-4 whitespace-nowrap text-soft">{!isNarrow && saysZone && zone}</div>
    </>
  );
}

/** A label at an end stays within the plot: beyond it stand other things. */
function fits(share: number, widthRem: number, label: string): boolean {
  const half = (label.length * letterRem) / 2;
  return share * widthRem > half - 1.5 && (1 - share) * widthRem > half - 0.5;
}

/** Centred on its moment, and held within the plot at either end. */
function flagPlace(share: number, size: number): { left: string; transform: string } {
  const held = Math.min(1, Math.max(0, share));
  const shift = Math.min(
    1,
    Math.max(0, size > 1 ? 0.5 : held < size / 2 ? held / size : 1 - held < size / 2 ? 1 - (1 - held) / size : 0.5),
  );
  return { left: `${held * 100}%`, transform: `translateX(${-shift * 100}%)` };
}
