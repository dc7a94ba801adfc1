// The four figures that one looks for first, and the error, if there is one.
import type { ReactNode } from "react";
import type { CallSummary } from "../../../../../src/ledger/contract.ts";
import { formatCount, formatDuration } from "../../../format/figures.ts";
import { Cost } from "../../../components/parts/cost.tsx";
import { OutcomeGlyph } from "../../../components/parts/outcome-glyph.tsx";
import { outcomeColours } from "../../../components/parts/outcome.tsx";
import { Words } from "../../../components/parts/words.tsx";
import { LongText } from "../../../components/record/long-text.tsx";

/** Longer ones quote what somebody wrote, and open on request. */
const wordsMost = 1000;

export function Figures({ call }: { call: CallSummary }) {
  const { timings, tokens, error } = call;
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 px-5 py-4 sm:grid-cols-4">
        <Figure name="Total">{formatDuration(timings.total_ms)}</Figure>
        <Figure name="First token">
          {timings.first_token_ms === null ? "–" : formatDuration(timings.first_token_ms)}
        </Figure>
        <Figure name="Tokens in, out">
          {tokens.source === "unknown" ? "–" : `${formatCount(tokens.input)} · ${formatCount(tokens.output)}`}
        </Figure>
        <Figure name="Cost">
          <Cost call={call} />
        </Figure>
      </dl>
      {error !== null && (
        <div className="mx-5 mb-4 flex items-start gap-2.5 rounded-md bg-shoal px-3 py-2.5">
          <span className={`mt-1 ${outcomeColours[call.outcome]}`}>
            <OutcomeGlyph outcome={call.outcome} />
          </span>
          <div className="min-w-0">
            {error.message.length > wordsMost ? (
              <LongText text={error.message} />
            ) : (
              <p>
                <Words text={error.message} />
              </p>
            )}
            <p className="foreign font-mono text-fine text-soft">{error.code}</p>
          </div>
        </div>
      )}
    </>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-fine text-soft">{name}</dt>
      <dd className="text-title font-semibold whitespace-nowrap">{children}</dd>
    </div>
  );
}
