// How fresh live figures are. Without a connection it says so, and since when.
import { formatAge } from "../../format/figures.ts";
import { useNow } from "../../page/use-now.ts";
import { StateGlyph } from "./state-word.tsx";

/** As long as it usually gets: what stands beside it does not move when a second goes by. */
const longest = "live, 59 min old";

/** `updatedAtMs` null: nothing has come yet. */
export function Live({ updatedAtMs, connected }: { updatedAtMs: number | null; connected: boolean }) {
  const nowMs = useNow(1000);
  const age = updatedAtMs === null ? null : formatAge(Math.max(0, nowMs - updatedAtMs));
  return (
    <span className="inline-flex items-center gap-1.5 text-fine whitespace-nowrap">
      <StateGlyph tone={connected ? "ok" : "warn"} />
      <span className="grid">
        <span aria-hidden className="invisible col-start-1 row-start-1">
          {longest}
        </span>
        {connected ? (
          <span className="col-start-1 row-start-1 text-soft">
            {age === null ? "waiting" : age === "now" ? "live" : `live, ${age} old`}
          </span>
        ) : (
          <span className="col-start-1 row-start-1 font-semibold text-warn">
            {age === null ? "not connected" : `not live: ${age} old`}
          </span>
        )}
      </span>
    </span>
  );
}
