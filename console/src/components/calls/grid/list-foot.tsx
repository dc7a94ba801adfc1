// What stands at the end of the list: a way further back, or why there is none.
import { endOfList } from "../../../feed/feed-state.ts";
import { useFeed, useServices } from "../../../page/services.ts";
import { Button } from "../../parts/button.tsx";

export function ListFoot() {
  const { feed } = useServices();
  const state = useFeed();
  const end = endOfList(state);
  if (end === "unknown") return null;
  return (
    <div className="flex min-h-14 items-center justify-center px-4 py-3 text-soft">
      {(end === "some" || end === "loading") && (
        <Button disabled={end === "loading"} onClick={() => void feed.loadOlder()}>
          {end === "loading" ? "Loading older calls" : "Load older calls"}
        </Button>
      )}
      {end === "bound" &&
        "This page holds no more rows than these. Narrow the list by outcome or model to go further back."}
      {end === "none" && state.list.rows.length > 0 && "That is every call of the last 7 days."}
    </div>
  );
}
