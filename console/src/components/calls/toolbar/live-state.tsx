// Whether the list is live, and how old what it shows is. The age is measured on the line itself, keep-alives included.
import { formatAge } from "../../../format/figures.ts";
import { useFeed, useServices } from "../../../page/services.ts";
import { useNow } from "../../../page/use-now.ts";
import { Button } from "../../parts/button.tsx";
import { OutcomeGlyph } from "../../parts/outcome-glyph.tsx";

export function LiveState() {
  const { api, feed } = useServices();
  const { connection, paused, heldCount } = useFeed();
  const nowMs = useNow(1000);
  const heardMs = api.lastHeardMs();
  const age = heardMs === null ? "" : formatAge(nowMs - heardMs);
  const updated = age === "" ? "" : age === "now" ? ", updated now" : `, updated ${age} ago`;
  return (
    <div className="flex items-center gap-2">
      <Button onClick={() => feed.setPaused(!paused)} aria-pressed={paused} title="p">
        {paused ? "Resume" : "Pause"}
      </Button>
      <p className="flex items-center gap-1.5 whitespace-nowrap text-soft" data-connection={connection.kind}>
        {connection.kind === "live" && !paused && (
          <>
            <span className="text-ok">
              <OutcomeGlyph outcome="ok" />
            </span>
            Live{updated}
          </>
        )}
        {connection.kind === "live" && paused && `Paused, ${heldCount} new`}
        {connection.kind === "opening" && `Connecting${updated}`}
        {connection.kind === "waiting" && (
          <span className="flex items-center gap-1.5 font-semibold text-warn">
            <OutcomeGlyph outcome="truncated" />
            {`Reconnecting${updated}`}
          </span>
        )}
      </p>
    </div>
  );
}
