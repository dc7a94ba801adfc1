// Any state as a shape, a colour and a word. What is well stays quiet.
import type { ReactNode } from "react";

export type StateTone = "ok" | "warn" | "fail" | "off";

const shapes: Record<StateTone, ReactNode> = {
  ok: <circle cx="6" cy="6" r="3.6" fill="currentColor" />,
  warn: <path d="M6 1.4 11 10.4H1z" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinejoin="round" />,
  fail: <path d="m2.2 2.2 7.6 7.6m0-7.6-7.6 7.6" stroke="currentColor" strokeWidth="2.2" />,
  off: <circle cx="6" cy="6" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.6" />,
};
const colours: Record<StateTone, string> = { ok: "text-ok", warn: "text-warn", fail: "text-fail", off: "text-off" };

export function StateGlyph({ tone }: { tone: StateTone }) {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" className={`shrink-0 ${colours[tone]}`}>
      {shapes[tone]}
    </svg>
  );
}

export function StateWord({ tone, children }: { tone: StateTone; children: ReactNode }) {
  return (
    <span className="inline-flex max-w-full items-start gap-1.5 align-top">
      <span className="flex h-[1lh] items-center">
        <StateGlyph tone={tone} />
      </span>
      <span
        className={`min-w-0 overflow-hidden text-ellipsis ${tone === "ok" ? "text-soft" : `font-semibold ${colours[tone]}`}`}
      >
        {children}
      </span>
    </span>
  );
}
