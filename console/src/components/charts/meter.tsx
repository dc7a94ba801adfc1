// How much of something is used up: a budget, a window, a queue. The words beside it say it; the bar shows how near the end is.
import type { ReactNode } from "react";
import { inkOf, type Tone } from "./inks.ts";

interface MeterProps {
  value: number;
  /** Null where there is no end to it: then no bar is drawn. */
  max: number | null;
  label: string;
  /** Value and end in words: `$12.40 of $50.00`. */
  formatted: string;
  tone?: Tone;
  /** Notches: where a warning comes, where it slows down. */
  marks?: readonly { value: number; label: string }[];
  note?: ReactNode;
}

export function Meter({ value, max, label, formatted, tone = 1, marks = [], note }: MeterProps) {
  const share = max === null || max <= 0 ? null : Math.min(1, Math.max(0, value / max));
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="min-w-0 truncate">{label}</span>
        <span className="whitespace-nowrap">{formatted}</span>
      </div>
      {share !== null && max !== null && (
        <div
          role="meter"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={max}
          aria-valuenow={Math.min(max, Math.max(0, value))}
          aria-valuetext={formatted}
          className="relative mt-1 h-1.5 rounded-sm bg-tide ring-1 ring-control ring-inset"
        >
          <span
            className={`block h-full rounded-sm ${value > 0 ? "min-w-0.5" : ""} ${inkOf(tone).background}`}
            style={{ width: `${share * 100}%` }}
          />
          {marks
            .filter((mark) => mark.value > 0 && mark.value < max)
            .map((mark) => (
              <span
                key={mark.label}
                title={mark.label}
                className="absolute -inset-y-0.5 -ml-px w-0.5 bg-ink ring-1 ring-sheet"
                style={{ left: `${(mark.value / max) * 100}%` }}
              />
            ))}
        </div>
      )}
      {note !== undefined && <div className="mt-0.5 text-fine text-soft">{note}</div>}
    </div>
  );
}
