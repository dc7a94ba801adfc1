// What an answer took and cost. While it comes in, as measured on this page; as soon as its record is there, as that has it.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { CallDetail } from "../../../../../src/ledger/contract.ts";
import { type ModelAnswer, tokensPerSecond } from "../../../api/model/answer.ts";
import { Cost } from "../../../components/parts/cost.tsx";
import { formatCount, formatDuration } from "../../../format/figures.ts";
import { useRecordedCall } from "../../../page/asking/use-recorded-call.ts";

export function AnswerFigures({ answer }: { answer: ModelAnswer }) {
  const call = useRecordedCall(answer.callId, answer.state !== "running");
  const { firstTokenMs, totalMs, perSecond, tokens } = figuresOf(answer, call);
  return (
    <dl
      className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,11rem),1fr))] gap-x-4 gap-y-0.5 text-fine"
      aria-label="Figures of the answer"
    >
      <Figure name="First token">{firstTokenMs === null ? "–" : formatDuration(firstTokenMs)}</Figure>
      <Figure name="Total">{totalMs === null ? "–" : formatDuration(totalMs)}</Figure>
      <Figure name="Tokens in">{tokens === null ? "–" : sayTokens(tokens.input, tokens.cacheRead, "cached")}</Figure>
      <Figure name="Tokens out">
        {tokens === null ? "–" : sayTokens(tokens.output, tokens.reasoning, "reasoning")}
      </Figure>
      <Figure name="Speed">{perSecond === null ? "–" : `${formatCount(Math.round(perSecond))} tokens/s`}</Figure>
      <Figure name="Cost">{call === undefined ? "–" : <Cost call={call} />}</Figure>
      <Figure name="Answered by">
        <bdi className="[overflow-wrap:anywhere]">{answer.target ?? "–"}</bdi>
      </Figure>
      <Figure name="Record">
        {answer.callId === null ? (
          "–"
        ) : (
          <Link
            to="/calls/{-$callId}"
            params={{ callId: answer.callId }}
            className="inline-block min-h-4 text-pen underline underline-offset-2"
          >
            {`Call ${answer.callId.slice(-6)}`}
          </Link>
        )}
      </Figure>
    </dl>
  );
}

/** `93`, or `93, 32 reasoning`. */
function sayTokens(all: number, part: number, name: string): string {
  return part > 0 ? `${formatCount(all)}, ${formatCount(part)} ${name}` : formatCount(all);
}

function figuresOf(answer: ModelAnswer, call: CallDetail | undefined) {
  if (call === undefined) {
    return { ...answer, perSecond: tokensPerSecond(answer) };
  }
  const { timings, tokens } = call;
  const perToken = timings.per_output_token_ms;
  return {
    firstTokenMs: timings.first_token_ms,
    totalMs: timings.total_ms,
    perSecond: perToken === null || perToken === 0 ? null : 1000 / perToken,
    tokens:
      tokens.source === "unknown"
        ? null
        : { input: tokens.input, output: tokens.output, reasoning: tokens.reasoning, cacheRead: tokens.cache_read },
  };
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-2">
      <dt className="text-soft">{name}</dt>
      <dd className="min-w-0 text-right">{children}</dd>
    </div>
  );
}
