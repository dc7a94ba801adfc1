// What stands at the end of the list: a way further back, or why there is none.
import { formatCount } from "../../../format/figures.ts";
import { type CallFilter, describeTime, goOnBefore } from "../feed/call-filter.ts";
import { endOfList } from "../feed/feed-state.ts";
import { useCallFeed, useFeed } from "../feed/feed-context.ts";
import { Button } from "../../../components/parts/button.tsx";

export function ListFoot({ onFilter }: { onFilter: (filter: CallFilter) => void }) {
  const feed = useCallFeed();
  const state = useFeed();
  const end = endOfList(state);
  const last = state.list.rows.at(-1);
  if (end === "unknown") return null;
  return (
    <div className="flex min-h-14 items-center justify-center px-4 py-3 text-soft">
      {(end === "some" || end === "loading") && (
        <Button disabled={end === "loading"} onClick={() => void feed.loadOlder()}>
          {end === "loading" ? "Loading older calls" : "Load older calls"}
        </Button>
      )}
      {end === "bound" && last !== undefined && (
        <div className="flex flex-wrap items-center justify-center gap-3">
          This page holds {formatCount(state.list.rows.length)} calls and no more.
          <Button onClick={() => onFilter(goOnBefore(state.filter, last.call.started_at_ms, Date.now()))}>
            Go on with the calls before
          </Button>
        </div>
      )}
      {end === "none" && state.list.rows.length > 0 && describeEnd(state.filter)}
    </div>
  );
}

function describeEnd(filter: CallFilter): string {
  const isNarrowed = filter.text !== "" || filter.outcome !== null;
  return `That is every call of ${describeTime(filter)}${isNarrowed ? " that matches" : ""}.`;
}
