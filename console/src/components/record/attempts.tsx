// The attempts of a call on one scale of time: how long each waited, how long it received, and how it ended.
import type { Attempt } from "../../../../src/ledger/contract.ts";
import { formatDuration } from "../../format/figures.ts";
import { chooseTicks } from "./choose-ticks.ts";
import { OutcomeGlyph } from "../parts/outcome-glyph.tsx";

const glyphs = { ok: "ok", error: "failed", truncated: "truncated", cancelled: "cancelled" } as const;
const colours: Record<Attempt["outcome"], string> = {
  ok: "text-ok",
  error: "text-fail",
  truncated: "text-fail",
  cancelled: "text-off",
};

export function Attempts({ attempts, totalMs }: { attempts: readonly Attempt[]; totalMs: number }) {
  if (attempts.length === 0) return <p className="mt-1 text-soft">Nothing was sent to a vendor.</p>;
  const spanMs = Math.max(totalMs, ...attempts.map((attempt) => attempt.started_after_ms + attempt.duration_ms), 0.001);
  const ticks = chooseTicks(spanMs);
  return (
    <div className="mt-4">
      <p className="text-soft">
        {attempts.length === 1 ? "1 attempt" : `${attempts.length} attempts`}: waiting outlined, receiving filled
      </p>
      <ol>
        {attempts.map((attempt, index) => (
          <AttemptBar key={index} attempt={attempt} number={index + 1} spanMs={spanMs} ticks={ticks} />
        ))}
      </ol>
      <div aria-hidden="true" className="relative h-4 text-fine leading-4 text-soft">
        {ticks.map((tick) => (
          <span
            key={tick}
            className="absolute border-l border-control pl-1"
            style={{ left: `${(tick / spanMs) * 100}%` }}
          >
            {formatTick(tick)}
          </span>
        ))}
      </div>
    </div>
  );
}

interface AttemptBarProps {
  attempt: Attempt;
  number: number;
  spanMs: number;
  ticks: readonly number[];
}

function AttemptBar({ attempt, number, spanMs, ticks }: AttemptBarProps) {
  const { started_after_ms: start, duration_ms: duration, first_byte_ms: first, error, status } = attempt;
  const percent = (ms: number): string => `${(ms / spanMs) * 100}%`;
  return (
    <li className="pt-2 pb-1">
      <p className="flex flex-wrap items-center gap-x-2">
        <span className="text-soft">{number}</span>
        <bdi className="font-semibold">{attempt.target}</bdi>
        <span className={`inline-flex items-center gap-1 ${colours[attempt.outcome]}`}>
          <OutcomeGlyph outcome={glyphs[attempt.outcome]} />
          {attempt.outcome}
        </span>
        <span className="text-soft">{status === null ? "no status" : `status ${status}`}</span>
      </p>
      <p className="text-soft">
        {`${capitalise(attempt.reason)}. Began after ${formatDuration(start)}, took ${formatDuration(duration)}`}
        {first === null ? (status === null ? "; nothing came." : ".") : `; first byte after ${formatDuration(first)}.`}
      </p>
      {error !== null && (
        <p className="foreign">
          {error.message} <span className="font-mono text-fine text-soft">{error.code}</span>
        </p>
      )}
      <div aria-hidden="true" className={`relative mt-1 h-4 ${colours[attempt.outcome]}`}>
        {ticks.map((tick) => (
          <span key={tick} className="absolute inset-y-0 border-l border-line" style={{ left: percent(tick) }} />
        ))}
        <span
          className="absolute inset-y-0.5 min-w-[3px] rounded-sm border border-current bg-sheet"
          style={{ left: percent(start), width: percent(duration) }}
        />
        {first !== null && (
          <span
            className="absolute inset-y-0.5 min-w-[2px] rounded-r-sm bg-current"
            style={{ left: percent(start + first), width: percent(duration - first) }}
          />
        )}
      </div>
    </li>
  );
}

function formatTick(ms: number): string {
  if (ms === 0) return "0";
  return ms < 1000 ? `${ms} ms` : `${ms / 1000} s`;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).replace(/\.$/, "");
}
