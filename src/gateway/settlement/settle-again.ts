// The ends of calls that get the answer of another one, kept or under way; and what the cache has to say of any call.
import type { AppError } from "../../kernel/index.ts";
import type { BodyInput, Cached, CacheOutcome, CallRecord } from "../../ledger/index.ts";
import type { Dropped } from "../../providers/index.ts";
import type { AnswerFigures } from "../cache/kept-answer.ts";

export interface SettlementAgain {
  /** What the cache did. */
  cacheOutcome(): CacheOutcome;
  /** `cached`, where a part of the answer is from there. */
  cacheTold(outcome: CacheOutcome, cached?: Cached): void;
  /** The answer to a question like this one, which will be compared with the one that is made. */
  comparedWith(compared: NonNullable<CallRecord["compared"]>): void;
  /** Another call's answer came whole, of which this one pays nothing. Throws as `succeed` does. */
  succeedAgain(again: AnsweredAgain): void;
  /** Another call's answer broke off, or its caller left. */
  breakOffAgain(error: AppError, body: BodyInput): void;
}

export interface AnsweredAgain {
  outcome: "hit" | "semantic" | "joined";
  figures: AnswerFigures;
  cached: Cached;
  body: BodyInput;
}

type Close = (outcome: CallRecord["outcome"], ending: { error?: AppError; body?: BodyInput }) => void;

/** What the cache has to say, and the ends of calls that get another one's answer. */
export function settleAgain(
  record: CallRecord,
  { close, isSettled }: { close: Close; isSettled(): boolean },
): SettlementAgain {
  return {
    cacheOutcome: () => record.cache,
    cacheTold(outcome, cached) {
      record.cache = outcome;
      if (cached) record.cached = cached;
    },
    comparedWith: (compared) => void (record.compared = compared),
    succeedAgain(again) {
      if (!isSettled()) takeAgain(record, again);
      close("ok", { body: again.body });
    },
    breakOffAgain(error, body) {
      close(error.code === "gateway.caller_gone" ? "cancelled" : "truncated", { error, body });
    },
  };
}

function takeAgain(record: CallRecord, { outcome, figures, cached }: AnsweredAgain): void {
  addDropped(record, figures.dropped);
  record.status = figures.status;
  record.answer = figures.answer;
  record.cost = { usd_micros: 0, price_version: figures.cost.price_version };
  record.cache = outcome;
  record.cached = cached;
}

export function addDropped(record: CallRecord, dropped: readonly Dropped[]): void {
  for (const { what, why } of dropped) record.dropped.push(`${what}: ${why}`);
}
