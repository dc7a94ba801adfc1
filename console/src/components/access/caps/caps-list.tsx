// All caps of one owner, each as a meter: what is spent, what calls under way hold, what is left, and when it begins anew.
import { Meter } from "../../charts/meter.tsx";
import { Moment } from "../../figures/moment.tsx";
import type { CapView } from "./caps-of.ts";
import { nameCap, sayAmount, sayLeft, toneOfCap } from "./say-cap.ts";

export function CapsList({ caps, empty }: { caps: readonly CapView[]; empty: string }) {
  if (caps.length === 0) return <p className="text-soft">{empty}</p>;
  return (
    <ul className="grid gap-3">
      {caps.map((cap) => (
        <li key={cap.id}>
          <Meter
            label={nameCap(cap)}
            value={cap.cap - cap.left}
            max={cap.cap}
            formatted={sayLeft(cap)}
            tone={toneOfCap(cap)}
            marks={
              cap.softMicros === null ? [] : [{ value: cap.softMicros, label: "answers carry a warning from here" }]
            }
            note={<CapNote cap={cap} />}
          />
        </li>
      ))}
    </ul>
  );
}

function CapNote({ cap }: { cap: CapView }) {
  const { unit, spent, held, renews_at_ms: renewsAtMs, isOwn } = cap;
  const parts = [
    unit === "calls_in_flight" ? null : `${sayAmount(unit, spent)} spent`,
    held > 0 ? `${sayAmount(unit, held)} held for calls under way` : null,
    isOwn ? null : "from the configuration",
  ].filter((part) => part !== null);
  return (
    <>
      {parts.join(" · ")}
      {renewsAtMs !== null && (
        <>
          {parts.length > 0 && " · "}begins anew at <Moment ms={renewsAtMs} />
        </>
      )}
    </>
  );
}
