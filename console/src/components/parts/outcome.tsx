// A call's outcome as a shape, a colour and a word. `ok` stays quiet: what needs an eye is what is not.
import type { CallOutcome } from "../../../../src/ledger/contract.ts";
import { OutcomeGlyph } from "./outcome-glyph.tsx";

export const outcomeColours: Record<CallOutcome, string> = {
  ok: "text-ok",
  refused: "text-warn",
  failed: "text-fail",
  truncated: "text-fail",
  cancelled: "text-off",
};

export function Outcome({ outcome }: { outcome: CallOutcome }) {
  const word = outcome === "ok" ? "text-soft" : `font-semibold ${outcomeColours[outcome]}`;
  return (
    <span className="inline-flex items-center gap-1.5 align-top">
      <span className={outcomeColours[outcome]}>
        <OutcomeGlyph outcome={outcome} />
      </span>
      <span className={word}>{outcome}</span>
    </span>
  );
}
