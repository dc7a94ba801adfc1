// A line of figures no larger than a word: its course, not its values. What it says in words is its name.
import { inkOf, type Tone } from "./inks.ts";

interface SparkProps {
  points: readonly (number | null)[];
  /** What it shows, in words, for those who do not see it: `Calls an hour, 12 to 140, 96 now`. */
  label: string;
  tone?: Tone;
}

const width = 80;
const height = 20;

export function Spark({ points, label, tone = 1 }: SparkProps) {
  const ink = inkOf(tone);
  const known = points.filter((value) => value !== null);
  const low = Math.min(0, ...known);
  const high = Math.max(...known, low);
  const place = (value: number, index: number): [x: number, y: number] => [
    2 + (index / Math.max(1, points.length - 1)) * (width - 5),
    high === low ? height - 2 : height - 2 - ((value - low) / (high - low)) * (height - 5),
  ];
  const end = points.at(-1);
  const dot = typeof end === "number" ? place(end, points.length - 1) : null;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      className={`inline-block h-5 w-20 shrink-0 align-middle ${ink.stroke}`}
    >
      <path d={`M0 ${height - 1.5}h${width}`} className="stroke-line" fill="none" />
      <path d={courseOf(points, place)} fill="none" strokeWidth="1.25" strokeLinejoin="round" strokeLinecap="round" />
      {dot !== null && (
        <circle cx={dot[0]} cy={dot[1]} r="1.5" fill="currentColor" className={`${ink.text} stroke-none`} />
      )}
    </svg>
  );
}

/** A path that is lifted over what is not there. */
function courseOf(
  points: readonly (number | null)[],
  place: (value: number, index: number) => [number, number],
): string {
  return points
    .map((value, index) => {
      if (value === null) return "";
      const [x, y] = place(value, index).map((size) => size.toFixed(1));
      const isLone = index === 0 || points[index - 1] === null;
      return isLone ? `M${x} ${y}h.01` : `L${x} ${y}`;
    })
    .join("");
}
