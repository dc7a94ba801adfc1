// Something went wrong, in words: what, and what to do about it.
import type { ReactNode } from "react";
import type { Problem } from "../../api/explain-error.ts";
import { OutcomeGlyph } from "./outcome-glyph.tsx";
import { Words } from "./words.tsx";

export function Notice({ problem, children }: { problem: Problem; children?: ReactNode }) {
  return (
    <div role="alert" className="flex items-start gap-2.5 rounded-md bg-alarm px-3 py-2.5">
      <span className="mt-1 text-fail">
        <OutcomeGlyph outcome="failed" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-semibold">
          <Words text={problem.message} />
        </p>
        <p>
          <Words text={problem.fix} />
        </p>
        {children}
      </div>
    </div>
  );
}
