// A filter that lets nothing through: says what was asked for, what would let more through, and how filters are written.
import { Button } from "../../components/parts/button.tsx";
import { HowToWrite } from "./how-to-write.tsx";
import { type CallFilter, describeTime, noFilter, reachesNow } from "./feed/call-filter.ts";

interface NothingFoundProps {
  filter: CallFilter;
  onFilter: (filter: CallFilter) => void;
}

export function NothingFound({ filter, onFilter }: NothingFoundProps) {
  const { outcome, text, time } = filter;
  return (
    <div className="min-w-0 flex-1 overflow-y-auto bg-sheet px-4 py-10">
      <div className="mx-auto grid max-w-2xl gap-4">
        <h2 className="foreign text-title font-semibold">{describe(filter)}</h2>
        <p className="flex flex-wrap gap-2">
          {outcome !== null && <Button onClick={() => onFilter({ ...filter, outcome: null })}>Any outcome</Button>}
          {time.range !== "30d" && (
            <Button onClick={() => onFilter({ ...filter, time: { range: "30d" } })}>The last 30 days</Button>
          )}
          {text !== "" && <Button onClick={() => onFilter({ ...filter, text: "" })}>Without the filter</Button>}
          <Button onClick={() => onFilter(noFilter)}>Show all calls</Button>
        </p>
        {text !== "" && <HowToWrite onPick={(example) => onFilter({ ...filter, text: example })} />}
      </div>
    </div>
  );
}

function describe(filter: CallFilter): string {
  const { outcome, text } = filter;
  const what = outcome === null ? "No call" : `No ${outcome} call`;
  const matches = text === "" ? "" : ` matches ${text}`;
  return `${what} in ${describeTime(filter)}${matches}.${reachesNow(filter) ? " New ones show up here." : ""}`;
}
