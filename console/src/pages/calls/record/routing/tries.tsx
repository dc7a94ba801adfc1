// Who was asked, in a word each; the timeline has when.
import type { Attempt } from "../../../../../../src/ledger/contract.ts";
import { formatDuration } from "../../../../format/figures.ts";
import { StateWord } from "../../../../components/figures/state-word.tsx";
import { LongText } from "../../../../components/record/long-text.tsx";

export const attemptTones = { ok: "ok", error: "fail", truncated: "fail", cancelled: "off" } as const;

export function Tries({ attempts }: { attempts: readonly Attempt[] }) {
  if (attempts.length === 0) return <p className="text-soft">Nothing was sent to a vendor.</p>;
  return (
    <ol className="grid gap-1">
      {attempts.map((attempt, index) => (
        <li key={index}>
          <p className="flex flex-wrap items-baseline gap-x-2">
            <bdi className="font-semibold">{attempt.target}</bdi>
            <StateWord tone={attemptTones[attempt.outcome]}>{attempt.outcome}</StateWord>
            <span className="text-soft">
              {attempt.status === null ? "no status" : `status ${attempt.status}`},{" "}
              {formatDuration(attempt.duration_ms)}
            </span>
          </p>
          <p className="foreign text-soft">{[attempt.reason, attempt.verdict].filter(Boolean).join("; ")}</p>
          {attempt.error !== null && (
            <p className="foreign">
              <LongText text={attempt.error.message} isInline />{" "}
              <span className="font-mono text-fine text-soft">{attempt.error.code}</span>
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
