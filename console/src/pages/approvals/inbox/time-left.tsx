// How long there is until silence decides, and how: a fine bar that runs out, and the words.
import type { Approval } from "../../../../../src/approvals/contract.ts";
import { formatStampWithZone } from "../../../format/stamps.ts";
import { useNow } from "../../../page/use-now.ts";
import { formatLeft, isUrgent, shareLeft } from "../words/time-left.ts";

type Timed = Pick<Approval, "created_at_ms" | "deadline_ms" | "on_silence">;

export function TimeLeft({ approval, bar = false }: { approval: Timed; bar?: boolean }) {
  const isSoon = isUrgent(approval.deadline_ms - Date.now());
  const nowMs = useNow(isSoon ? 1000 : 20_000);
  const leftMs = approval.deadline_ms - nowMs;
  const left = formatLeft(leftMs);
  const urgent = isUrgent(leftMs);
  return (
    <span className="inline-grid gap-1">
      <time
        dateTime={new Date(approval.deadline_ms).toISOString()}
        title={formatStampWithZone(approval.deadline_ms)}
        className={urgent ? "font-semibold text-warn" : "text-soft"}
      >
        {left === null ? "time is up" : `${left} left`}
        {bar && `, then silence ${approval.on_silence === "allow" ? "allows" : "refuses"} it`}
      </time>
      {bar && (
        <span aria-hidden="true" className="block h-0.75 w-full bg-line">
          <span
            className={`block h-full ${urgent ? "bg-warn" : "bg-control"}`}
            style={{ width: `${shareLeft(approval, nowMs) * 100}%` }}
          />
        </span>
      )}
    </span>
  );
}
