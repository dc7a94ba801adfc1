// One shape for each outcome, so that none of them rests on colour alone.
import type { ReactNode } from "react";
import type { CallOutcome } from "../../../../src/ledger/contract.ts";

const shapes: Record<CallOutcome, ReactNode> = {
  ok: <circle cx="6" cy="6" r="3.6" fill="currentColor" />,
  refused: (
    <>
      <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M3.4 6h5.2" stroke="currentColor" strokeWidth="1.8" />
    </>
  ),
  failed: <path d="m2.2 2.2 7.6 7.6m0-7.6-7.6 7.6" stroke="currentColor" strokeWidth="2.2" />,
  truncated: (
    <>
      <path d="M6 1.2a4.8 4.8 0 0 0 0 9.6z" fill="currentColor" />
      <path d="M7.8 1.6v8.8" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2 1.4" />
    </>
  ),
  cancelled: <circle cx="6" cy="6" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.6" />,
};

export function OutcomeGlyph({ outcome }: { outcome: CallOutcome }) {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" className="shrink-0">
      {shapes[outcome]}
    </svg>
  );
}
