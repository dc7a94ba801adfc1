// Whether the house is in order, in one sentence: what an operator reads first.
import { Live } from "../../components/figures/live.tsx";
import { StateGlyph } from "../../components/figures/state-word.tsx";
import type { Concerns } from "./burning/use-concerns.ts";

export function Verdict({ concerns }: { concerns: Concerns }) {
  const { list, updatedAtMs, problem } = concerns;
  const bad = list.filter(({ tone }) => tone === "fail").length;
  const tone = problem !== null || bad > 0 ? "fail" : list.length > 0 ? "warn" : "ok";
  const text = problem !== null ? "Not everything could be asked" : sayVerdict(list.length, bad);
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {/* The sentence alone is told when it changes: the age beside it changes by the second. */}
      <span
        aria-live="polite"
        className="flex items-center gap-2.5 text-figure font-semibold max-sm:min-h-[2lh] max-sm:basis-full max-sm:content-start"
      >
        <StateGlyph tone={updatedAtMs === null ? "off" : tone} />
        {updatedAtMs === null ? "Asking the house" : text}
      </span>
      <Live updatedAtMs={updatedAtMs} connected={problem === null} />
    </p>
  );
}

function sayVerdict(all: number, bad: number): string {
  if (all === 0) return "The house is in order";
  if (bad === 0) return all === 1 ? "One thing to look at" : `${all} things to look at`;
  const rest = all - bad;
  return `${bad === 1 ? "One thing needs" : `${bad} things need`} somebody now${rest === 0 ? "" : `, ${rest} can wait`}`;
}
