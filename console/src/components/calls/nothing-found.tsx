// A filter that lets nothing through: says what was asked for, and offers what there is.
import type { CallFilter } from "../../feed/call-filter.ts";
import { Button } from "../parts/button.tsx";

interface NothingFoundProps {
  filter: CallFilter;
  onClear: () => void;
}

export function NothingFound({ filter, onClear }: NothingFoundProps) {
  return (
    <div className="grid flex-1 place-content-center justify-items-center gap-3 bg-sheet px-6 text-center">
      <p className="foreign max-w-md text-read">{describe(filter)}</p>
      {filter.model !== "" && (
        <p className="max-w-md text-soft">A model is matched by its whole name, as callers write it.</p>
      )}
      <Button onClick={onClear}>Show all calls</Button>
    </div>
  );
}

function describe({ outcome, model }: CallFilter): string {
  const what = outcome === null ? "No call" : `No ${outcome} call`;
  return `${what}${model === "" ? "" : ` of the model “${model}”`} in the last 7 days. New ones show up here.`;
}
