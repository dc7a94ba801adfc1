// Which calls are marked, while some are, and what can be done with them.
import type { CallSummary } from "../../../../../src/ledger/contract.ts";
import { Button } from "../../../components/parts/button.tsx";
import { clipText } from "../../../format/clip-text.ts";
import { formatClock } from "../../../format/moments.ts";

interface MarkBarProps {
  marked: readonly string[];
  calls: readonly CallSummary[];
  onCompare: () => void;
  onClear: () => void;
}

export function MarkBar({ marked, calls, onCompare, onClear }: MarkBarProps) {
  if (marked.length === 0) return null;
  const names = marked.map((id) => {
    const call = calls.find((each) => each.id === id);
    return call === undefined ? id.slice(0, 8) : `${clipText(call.model)}, ${formatClock(call.started_at_ms)}`;
  });
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-tide px-4 py-1.5"
    >
      <p className="foreign min-w-0 flex-1">
        {marked.length === 1 ? `Marked: ${names[0]}. ` : `Marked: A ${names[0]}; B ${names[1]}. `}
        <span className="text-soft">
          {marked.length === 1 ? "Mark another to compare the two." : "Another mark takes the place of the first."}
        </span>
      </p>
      {marked.length === 2 && (
        <Button kind="primary" onClick={onCompare} title="d">
          Compare
        </Button>
      )}
      <Button onClick={onClear}>Unmark</Button>
    </div>
  );
}
