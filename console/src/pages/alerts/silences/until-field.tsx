// Until when a silence lasts: one of a few lengths, or a moment.
import { useId } from "react";
import { localFromMs, msFromLocal } from "../../../components/inputs/range/range-to-ms.ts";
import { Button } from "../../../components/parts/button.tsx";
import { formatZone } from "../../../format/moments.ts";

const hourMs = 3_600_000;
const lengths = [
  ["1 h", hourMs],
  ["2 h", 2 * hourMs],
  ["8 h", 8 * hourMs],
  ["1 d", 24 * hourMs],
  ["7 d", 7 * 24 * hourMs],
] as const;

export function UntilField({ untilMs, onChange }: { untilMs: number; onChange: (ms: number) => void }) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-semibold">
        Until
      </label>
      <div className="flex flex-wrap items-center gap-2">
        <input
          id={id}
          type="datetime-local"
          value={localFromMs(untilMs)}
          onChange={(event) => {
            const next = msFromLocal(event.target.value);
            if (next !== null) onChange(next);
          }}
          className="min-h-8 rounded-md border border-control bg-sheet px-2.5"
        />
        <span className="text-fine text-soft">{formatZone(untilMs)}</span>
        <span className="flex flex-wrap gap-1">
          {lengths.map(([label, ms]) => (
            <Button key={label} aria-label={`${label} from now`} onClick={() => onChange(Date.now() + ms)}>
              {label}
            </Button>
          ))}
        </span>
      </div>
    </div>
  );
}
