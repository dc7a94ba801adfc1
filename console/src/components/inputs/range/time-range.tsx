// Chooses the stretch of time that a page is about: one of a few, or two moments.
import { useId } from "react";
import { formatZone } from "../../../format/moments.ts";
import { Segmented } from "../../parts/segmented.tsx";
import { localFromMs, msFromLocal, ranges, rangeToMs, type TimeRangeValue } from "./range-to-ms.ts";

export { rangeToMs, type TimeRangeValue } from "./range-to-ms.ts";

interface TimeRangeProps {
  value: TimeRangeValue;
  onChange: (value: TimeRangeValue) => void;
}

const words = { "1h": "1 h", "24h": "24 h", "7d": "7 d", "30d": "30 d", custom: "From–to" };
const options = ranges.map((range) => ({ value: range, label: words[range] }));

export function TimeRange({ value, onChange }: TimeRangeProps) {
  const { fromMs, toMs } = rangeToMs(value, Date.now());
  // Going over to two moments starts from what is shown.
  const choose = (range: TimeRangeValue["range"]): void =>
    onChange(range === "custom" ? { range, from: floorToMinute(fromMs), to: floorToMinute(toMs) } : { range });
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      <Segmented label="Time range" options={options} value={value.range} onChange={choose} />
      {value.range === "custom" && (
        <div className="flex min-w-0 flex-wrap items-center gap-1.5">
          <Moment label="From" ms={fromMs} onChange={(from) => onChange({ ...value, from })} />
          <span aria-hidden="true">–</span>
          <Moment label="To" ms={toMs} onChange={(to) => onChange({ ...value, to })} />
          <span className="text-fine text-soft">{formatZone(toMs)}</span>
        </div>
      )}
    </div>
  );
}

function Moment({ label, ms, onChange }: { label: string; ms: number; onChange: (ms: number) => void }) {
  const id = useId();
  return (
    <>
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <input
        id={id}
        type="datetime-local"
        value={localFromMs(ms)}
        onChange={(event) => {
          const next = msFromLocal(event.target.value);
          if (next !== null) onChange(next);
        }}
        className="min-h-7 min-w-0 rounded-md border border-control bg-sheet px-1.5"
      />
    </>
  );
}

function floorToMinute(ms: number): number {
  return Math.floor(ms / 60_000) * 60_000;
}
