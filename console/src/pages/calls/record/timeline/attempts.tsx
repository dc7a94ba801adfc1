// The attempts of a call on one scale of time: how long each waited, how long it received, and how it ended.
import type { Attempt, CallDetail } from "../../../../../../src/ledger/contract.ts";
import { formatDuration } from "../../../../format/figures.ts";
import { chooseTicks } from "./choose-ticks.ts";
import { OutcomeGlyph } from "../../../../components/parts/outcome-glyph.tsx";
import { LongText } from "../../../../components/record/long-text.tsx";

const glyphs = { ok: "ok", error: "failed", truncated: "truncated", cancelled: "cancelled" } as const;
const colours: Record<Attempt["outcome"], string> = {
  ok: "text-ok",
  error: "text-fail",
  truncated: "text-fail",
  cancelled: "text-off",
};

interface AttemptsProps {
  attempts: readonly Attempt[];
  timings: CallDetail["timings"];
}

export function Attempts({ attempts, timings }: AttemptsProps) {
  const { total_ms: totalMs, overhead_ms: overheadMs } = timings;
  const spanMs = Math.max(totalMs, ...attempts.map((attempt) => attempt.started_after_ms + attempt.duration_ms), 0.001);
  const ticks = chooseTicks(spanMs);
  return (
    <div>
      <p className="text-soft">{describeAttempts(attempts)}</p>
      <Own fromMs={0} toMs={Math.min(overheadMs, spanMs)} spanMs={spanMs} ticks={ticks} />
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

function describeAttempts(attempts: readonly Attempt[]): string {
  if (attempts.length === 0) return "Nothing was sent to a vendor.";
  return `${attempts.length === 1 ? "1 attempt" : `${attempts.length} attempts`}: waiting outlined, receiving filled`;
}

interface OwnProps {
  fromMs: number;
  toMs: number;
  spanMs: number;
  ticks: readonly number[];
}

/** What passed before the first attempt. */
function Own({ fromMs, toMs, spanMs, ticks }: OwnProps) {
  return (
    <div className="pt-2 pb-1">
      <p>
        <span className="font-semibold">In Binnacle</span>{" "}
        <span className="text-soft">{formatDuration(toMs - fromMs)} before the first attempt</span>
      </p>
      <div aria-hidden="true" className="relative mt-1 h-4 text-soft">
        <Grid ticks={ticks} spanMs={spanMs} />
        <span
          className="absolute inset-y-1 min-w-[2px] bg-current"
          style={{ left: `${(fromMs / spanMs) * 100}%`, width: `${((toMs - fromMs) / spanMs) * 100}%` }}
        />
      </div>
    </div>
  );
}

function Grid({ ticks, spanMs }: { ticks: readonly number[]; spanMs: number }) {
  return ticks.map((tick) => (
    <span
      key={tick}
      className="absolute inset-y-0 border-l border-line"
      style={{ left: `${(tick / spanMs) * 100}%` }}
    />
  ));
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
          <LongText text={error.message} isInline /> <span className="font-mono text-fine text-soft">{error.code}</span>
        </p>
      )}
      <div aria-hidden="true" className={`relative mt-1 h-4 ${colours[attempt.outcome]}`}>
        <Grid ticks={ticks} spanMs={spanMs} />
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
