// One figure against its bound, without a scale of its own: a bar, and the notch that it should stay before. The figures stand beside
// it in words, so screen readers pass it over.
import { inkOf, type Tone } from "./inks.ts";

/** Where the notch stands, as a part of the bar. */
const notch = 0.7;

export function Bullet({ value, bound, tone }: { value: number; bound: number; tone: Tone }) {
  const share = bound <= 0 ? (value > 0 ? 1 : 0) : Math.min(1, (Math.max(0, value) / bound) * notch);
  return (
    <span aria-hidden="true" className="relative block h-1.5 min-w-12 rounded-sm bg-shoal">
      <span
        className={`block h-full rounded-sm ${value > 0 ? "min-w-0.5" : ""} ${inkOf(tone).background}`}
        style={{ width: `${share * 100}%` }}
      />
      <span className="absolute -inset-y-1 w-px bg-ink" style={{ left: `${notch * 100}%` }} />
    </span>
  );
}
