// Whether the list is live, and how old what it shows is. The age is measured on the line itself, keep-alives included.
import { formatAge } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { canJudge, reachesNow } from "../feed/call-filter.ts";
import { useCallFeed, useFeed } from "../feed/feed-context.ts";
import { useNow } from "../../../page/use-now.ts";
import { Button } from "../../../components/parts/button.tsx";
import { OutcomeGlyph } from "../../../components/parts/outcome-glyph.tsx";

export function LiveState() {
  const { api } = useServices();
  const feed = useCallFeed();
  const { connection, paused, heldCount, filter } = useFeed();
  const nowMs = useNow(1000);
  const heardMs = api.lastHeardMs();
  const age = heardMs === null ? "" : formatAge(nowMs - heardMs);
  const updated = age === "" ? "" : age === "now" ? ", updated now" : `, updated ${age} ago`;
  return (
    <div className="flex items-center gap-2">
      <Button onClick={() => feed.setPaused(!paused)} aria-pressed={paused} title="p">
        {paused ? "Resume" : "Pause"}
      </Button>
      <p
        className="flex items-center gap-1.5 whitespace-nowrap text-soft"
        data-connection={connection.kind}
        title={canJudge(filter) ? undefined : "Which new calls match, the server says: it is asked as calls come in."}
      >
        {connection.kind === "live" && !paused && (
          <>
            <span className="text-ok">
              <OutcomeGlyph outcome="ok" />
            </span>
            {reachesNow(filter) ? `Live${updated}` : "Connected; this time is over"}
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
