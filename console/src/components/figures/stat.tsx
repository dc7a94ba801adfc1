// One instrument: a figure, its unit, and how it stands against what is usual. In words: colour only repeats them.
import type { ReactNode } from "react";
import { Spark } from "../charts/spark.tsx";
import { Words } from "../parts/words.tsx";
import { compareWithUsual } from "./compare-with-usual.ts";
import { StateGlyph, type StateTone } from "./state-word.tsx";

export interface StatProps {
  label: string;
  /** Null where there is no reading: then nothing is shown in its place. */
  value: ReactNode;
  unit?: string;
  /** `value` and `now` as numbers of one unit; `formatted` is the usual one in words. Null while it is not known: its line stays free. */
  usual?: { value: number; now: number; formatted: string } | null;
  tone?: StateTone;
  /** Why the tone, or what else is to know; empty while it is not known: two lines stay free. */
  detail?: ReactNode;
  href?: string;
  spark?: { points: readonly (number | null)[]; label: string };
}

const colours: Record<StateTone, string> = { ok: "", warn: "text-warn", fail: "text-fail", off: "text-off" };

export function Stat({ label, value, unit, usual, tone, detail, href, spark }: StatProps) {
  const isLoud = tone === "warn" || tone === "fail";
  return (
    <div className="relative flex min-w-0 flex-col rounded-md border border-line bg-sheet px-4 py-2.5 has-[a:hover]:bg-shoal">
      <dl className="min-w-0">
        <dt className="flex items-center gap-1.5 text-fine text-soft">
          {tone !== undefined && <StateGlyph tone={tone} />}
          {href === undefined ? label : <StatLink href={href}>{label}</StatLink>}
        </dt>
        {/* A line that finds no room beside the figure goes to the next line, which is not seen. */}
        <dd
          className={`mt-0.5 flex flex-wrap items-center justify-between gap-x-3 ${spark === undefined ? "" : "h-6 overflow-hidden"}`}
        >
          <span
            className={`text-figure font-semibold ${spark === undefined ? "" : "whitespace-nowrap"} ${tone === undefined ? "" : colours[tone]}`}
          >
            {value ?? <span className="font-normal text-soft">–</span>}
            {unit !== undefined && value !== null && (
              // With a space: read out or copied, `3 25.0 %` is not `325.0 %`.
              <span className="text-fine font-normal text-soft"> {unit}</span>
            )}
          </span>
          {spark !== undefined && <Spark {...spark} tone={isLoud ? tone : 1} />}
        </dd>
      </dl>
      {usual !== undefined && (
        <p className="mt-1 min-h-[1lh] text-fine text-soft max-sm:min-h-[2lh]">
          {usual !== null && compareWithUsual(usual)}
        </p>
      )}
      {detail !== undefined && (
        <p className={`mt-1 text-fine ${detail === "" ? "min-h-[2lh]" : ""} ${isLoud ? colours[tone] : "text-soft"}`}>
          {typeof detail === "string" ? <Words text={detail} /> : detail}
        </p>
      )}
    </div>
  );
}

/** The whole instrument is the target; its name is what the link is called. */
function StatLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      className="after:absolute after:inset-0 after:rounded-md hover:text-pen focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-pen"
    >
      {children}
    </a>
  );
}
