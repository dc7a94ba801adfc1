// One instrument of the header: what it measures, what it reads, and, when that needs an eye, a shape and a colour.
import type { ReactNode } from "react";
import { OutcomeGlyph } from "../../../components/parts/outcome-glyph.tsx";

export type ReadingState = "good" | "warn" | "bad" | "none";

interface ReadingProps {
  name: string;
  state?: ReadingState;
  /** More than fits, for a pointer that rests on it. */
  detail?: string;
  children: ReactNode;
}

const glyphs = { good: "ok", warn: "refused", bad: "failed" } as const;
const colours = { good: "text-ok", warn: "text-warn", bad: "text-fail", none: "" };

export function Reading({ name, state = "none", detail, children }: ReadingProps) {
  const loud = state === "warn" || state === "bad";
  return (
    <div className="min-w-0" title={detail}>
      <dt className="text-fine text-soft">{name}</dt>
      <dd className={`flex min-w-0 items-center gap-1.5 ${loud ? `font-semibold ${colours[state]}` : ""}`}>
        {state !== "none" && (
          <span className={colours[state]}>
            <OutcomeGlyph outcome={glyphs[state]} />
          </span>
        )}
        <span className="truncate">{children}</span>
      </dd>
    </div>
  );
}
