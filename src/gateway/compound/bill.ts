// What a call came to that asked several: each attempt's usage and cost on its own log, the sum on the record, and what budgets
// are charged. Of an attempt that was let go nobody knows what it cost: budgets are charged the most that it may have been.
import { elapsedMs, type World } from "../../kernel/index.ts";
import type { Attempt, CallRecord } from "../../ledger/index.ts";
import type { AnswerFacts, CallerRequest, Providers, Target } from "../../providers/index.ts";
import type { Charge } from "../settlement/holding.ts";
import { tokensOf } from "../settlement/tokens-of.ts";

export interface Bill {
  /** Somebody is asked. */
  asked(log: Attempt, asked: Asked): void;
  /** All that will come has come. */
  ended(log: Attempt, facts: AnswerFacts, isStream: boolean): void;
  /** This one's answer is given, and why; it goes to the caller at once, all of it. */
  given(log: Attempt, decision: string): void;
  /** The same of an answer that still comes. */
  passedOn(log: Attempt, decision: string): void;
  sumUp(record: CallRecord): Charge;
}

interface Asked {
  target: Target;
  request: CallerRequest;
}

interface BillDeps {
  world: Pick<World, "monotonicMs">;
  providers: Pick<Providers, "price" | "worstCase">;
  /** When the call came in. */
  startedMs: number;
}

export function createBill({ world, providers, startedMs }: BillDeps): Bill {
  const all = new Map<Attempt, Asked & { durationMs?: number }>();
  let decision: string | undefined;
  let givenAfterMs: number | undefined;
  let coming: Attempt | undefined;

  function chargeFor(log: Attempt): Charge {
    const { tokens, cost_usd_micros: cost } = log;
    const known = { usd_micros: cost ?? 0, tokens: tokens ? tokens.input + tokens.output : 0 };
    const asked = all.get(log);
    if (!asked || typeof cost === "number" || !mayHaveCost(log)) return known;
    const worst = providers.worstCase(asked.target, asked.request);
    return { usd_micros: worst.usd_micros ?? 0, tokens: Math.max(known.tokens, tokens ? 0 : worst.tokens) };
  }

  return {
    asked: (log, asked) => void all.set(log, asked),
    ended(log, facts, isStream) {
      const asked = all.get(log);
      if (!asked) return;
      asked.durationMs = elapsedMs(world, startedMs + log.started_after_ms);
      log.duration_ms = asked.durationMs;
      log.tokens = tokensOf(facts, asked.request, isStream);
      const isKnown = log.tokens.source !== "unknown";
      log.cost_usd_micros = isKnown ? providers.price(log, facts.usage ?? log.tokens).usd_micros : null;
    },
    given(_, why) {
      decision = why;
      givenAfterMs = elapsedMs(world, startedMs);
    },
    passedOn(log, why) {
      decision = why;
      coming = log;
    },
    sumUp(record) {
      if (decision !== undefined) record.decision = decision;
      if (coming && record.answer) {
        coming.tokens = record.tokens;
        coming.cost_usd_micros = record.cost.usd_micros;
      }
      for (const [log, { durationMs }] of all) if (durationMs !== undefined) log.duration_ms = durationMs;
      for (const log of record.attempts)
        if (log.cost_usd_micros === undefined && mayHaveCost(log)) log.cost_usd_micros = null;
      // The caller got its first token when it was decided whose.
      if (givenAfterMs !== undefined && record.timings.first_token_ms !== null)
        record.timings.first_token_ms = givenAfterMs;
      sumCosts(record);
      markAsked(record);
      const charges = record.attempts.map(chargeFor);
      return {
        usd_micros: charges.reduce((sum, { usd_micros }) => sum + usd_micros, 0),
        tokens: charges.reduce((sum, { tokens }) => sum + tokens, 0),
      };
    },
  };
}

/** A vendor that refuses or fails charges nothing; one that was let go, or whose answer has no price here, may. */
function mayHaveCost({ outcome, first_byte_ms }: Attempt): boolean {
  return outcome !== "error" || first_byte_ms !== null;
}

/** Of what is known; nothing is known where no price is. */
function sumCosts(record: CallRecord): void {
  const known = record.attempts.flatMap(({ cost_usd_micros }) => cost_usd_micros ?? []);
  record.cost.usd_micros = known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0);
}

function markAsked(record: CallRecord): void {
  const asked = new Set(record.attempts.map(({ target }) => target));
  record.considered = record.considered.map((each) => ({ ...each, chosen: asked.has(each.target) }));
}
