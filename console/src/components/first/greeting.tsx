// Greets the first call of an installation, once.
import type { CallSummary } from "../../../../src/ledger/contract.ts";
import { formatDuration, formatUsd } from "../../format/figures.ts";
import { Mark } from "../brand/mark.tsx";
import { Button } from "../parts/button.tsx";

interface GreetingProps {
  call: CallSummary;
  onOpen: () => void;
  onDismiss: () => void;
}

export function Greeting({ call, onOpen, onDismiss }: GreetingProps) {
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-sheet px-4 py-2.5"
    >
      <Mark size={28} />
      <p className="min-w-48 flex-1 text-read">
        <strong className="font-semibold">The first call is on the record.</strong> {describe(call)}
      </p>
      <div className="flex gap-2">
        <Button kind="primary" onClick={onOpen}>
          Open its record
        </Button>
        <Button onClick={onDismiss}>Dismiss</Button>
      </div>
    </div>
  );
}

function describe({ answer, model, timings, cost, error }: CallSummary): string {
  if (answer === null) return `${model} did not answer: ${error?.message ?? "the record says why"}`;
  const price = cost.usd_micros === null ? "" : ` for ${formatUsd(cost.usd_micros)}`;
  return `${answer.target} answered in ${formatDuration(timings.total_ms)}${price}.`;
}
