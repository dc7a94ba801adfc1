// The ends of answers that broke off after their beginning: for good, or to go on elsewhere. What a part came to is set aside as
// that of any answer that was not the last.
import type { AppError } from "../../kernel/index.ts";
import type { BodyInput, CallRecord } from "../../ledger/index.ts";
import type { Attempt, Continued, Tokens } from "../../ledger/contract.ts";
import type { AnswerFacts } from "../../providers/index.ts";
import type { RunningAttempt } from "../attempt.ts";
import type { Health } from "../health/health.ts";
import { verdictOf } from "../health/verdict.ts";
import { addDropped } from "./settle-again.ts";
import type { SettlementAside } from "./settle-aside.ts";

export interface SettlementBroken {
  /** The answer broke off, and may go on elsewhere: what it came to so far is charged. Returns what that took. */
  endPart(running: RunningAttempt, part: Broken): Tokens;
  /** It does. */
  continued(where: Continued): void;
  /** The stream broke, or its caller left; `error` says which. */
  breakOff(running: RunningAttempt, answer: Broken & { body: BodyInput }): void;
}

interface Broken {
  facts: AnswerFacts;
  error: AppError;
}

interface BrokenDeps {
  close(outcome: CallRecord["outcome"], ending: { error: AppError; body: BodyInput }): void;
  isSettled(): boolean;
  takeAnswer(running: RunningAttempt, facts: AnswerFacts): void;
  aside: Pick<SettlementAside, "setAside">;
  health: Health;
}

interface Part {
  running: RunningAttempt;
  answer: CallRecord["answer"];
  firstTokenMs: number | null;
}

/** `mend` makes the record that of an answer in parts, where it is one: it began when, and is known by what, the first says. */
export function settleBroken(
  record: CallRecord,
  { close, isSettled, takeAnswer, aside, health }: BrokenDeps,
): { face: SettlementBroken; mend(): void } {
  let first: Part | undefined;
  let last: Part | undefined;

  function endBroken(running: RunningAttempt, { facts, error }: Broken): void {
    if (running.trial) health.end(running.trial, verdictOf(error));
    if (isSettled()) return;
    takeAnswer(running, facts);
    running.log.error = { code: error.code, message: error.message };
    running.log.outcome = outcomeOf(error);
  }

  const face: SettlementBroken = {
    endPart(running, part) {
      if (running.trial) health.end(running.trial, verdictOf(part.error));
      aside.setAside(running, part);
      addDropped(record, running.dropped);
      last = {
        running,
        answer: answerOf(running.log, part.facts),
        firstTokenMs: record.timings.first_token_ms,
      };
      first ??= last;
      return running.log.tokens ?? record.tokens;
    },
    continued: (where) => void (record.continued = [...(record.continued ?? []), where]),
    breakOff(running, { body, ...broken }) {
      // What had ended before is on the record as it ended.
      if (last?.running !== running) endBroken(running, broken);
      close(outcomeOf(broken.error), { error: broken.error, body });
    },
  };

  return {
    face,
    mend() {
      if (!first || !last) return;
      record.answer ??= last.answer;
      record.timings.first_token_ms = first.firstTokenMs;
      // The id that the caller saw.
      if (record.answer && first.answer) record.answer.response_id = first.answer.response_id;
    },
  };
}

export function answerOf({ target, vendor, model }: Attempt, facts: AnswerFacts): CallRecord["answer"] {
  const { response_id, finish_reason } = facts;
  return { target, vendor, model: facts.model ?? model, response_id, finish_reason };
}

function outcomeOf({ code }: AppError): "cancelled" | "truncated" {
  return code === "gateway.caller_gone" ? "cancelled" : "truncated";
}
