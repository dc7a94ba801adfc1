// What an attempt came to, under the caps of its target.
import type { Actual, Hold } from "../../governance/index.ts";
import type { AppError } from "../../kernel/index.ts";
import type { Attempt, CallRecord } from "../../ledger/index.ts";

/** An attempt without an answer: a request was made all the same. */
export function settleFailed(hold: Hold, { code }: AppError): void {
  if (code === "gateway.hedge_lost" || code === "gateway.not_needed") settleLost(hold);
  else hold.settle({ usd_micros: 0, tokens: 0, requests: 1 });
}

/** Nobody says what one that was let go came to: it may have been all that was held. */
export function settleLost(hold: Hold): void {
  hold.settle({ usd_micros: hold.usd_micros, tokens: hold.tokens, requests: 1 });
}

/** One of several whose answer is here, with what it came to on its log. */
export function settleInner(hold: Hold, { tokens, cost_usd_micros: cost }: Attempt): void {
  const used = tokens ? tokens.input + tokens.output : hold.tokens;
  hold.settle({ usd_micros: cost ?? hold.usd_micros, tokens: used, requests: 1 });
}

/** The attempt that answered. Where several were asked, the record has the cost of all of them, and each log its own. */
export function settleAnswered(hold: Hold, log: Attempt, record: CallRecord): void {
  if (log.cost_usd_micros === undefined) hold.settle(actualOf(record, hold));
  else settleInner(hold, log);
}

/** What a call came to; where that is not known, what it may have come to. */
export function actualOf({ answer, cost, tokens, attempts }: CallRecord, held: Pick<Hold, "usd_micros">): Actual {
  return {
    usd_micros: cost.usd_micros ?? (answer ? held.usd_micros : 0),
    tokens: tokens.input + tokens.output,
    requests: attempts.length > 0 ? 1 : 0,
  };
}
