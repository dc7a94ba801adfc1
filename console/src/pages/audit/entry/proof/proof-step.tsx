// One step of a proof: whether it holds, what it is, and what it is about.
import type { ReactNode } from "react";
import { StateGlyph, type StateTone } from "../../../../components/figures/state-word.tsx";
import type { StepState } from "../../proof/verify-entry.ts";

const tones: Record<StepState, StateTone> = { ok: "ok", fail: "fail", unknown: "warn" };
const words: Record<StepState, string> = { ok: "holds", fail: "does not hold", unknown: "not known" };

interface ProofStepProps {
  state: StepState;
  title: string;
  /** In place of whether it holds. */
  word?: string | undefined;
  children?: ReactNode;
}

export function ProofStep({ state, title, word, children }: ProofStepProps) {
  return (
    <li className="grid grid-cols-[0.75rem_minmax(0,1fr)] gap-x-2.5" data-state={state}>
      <span className="mt-1">
        <StateGlyph tone={tones[state]} />
      </span>
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span className={state === "fail" ? "font-semibold text-fail" : ""}>{title}</span>
          <span className={`text-fine ${state === "fail" ? "font-semibold text-fail" : "text-soft"}`}>
            {word ?? words[state]}
          </span>
        </p>
        <div className="grid gap-0.5 text-fine text-soft">{children}</div>
      </div>
    </li>
  );
}
