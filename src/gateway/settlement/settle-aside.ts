// Answers that came and were not the call's, since they did not hold and the target was asked again: each attempt says its own
// tokens and cost, the call says all of it. And what was made of the request and found out of the answer.
import type { Hold } from "../../governance/index.ts";
import type { AppError } from "../../kernel/index.ts";
import type { AnswerValidation } from "../../ledger/index.ts";
import type { Attempt, CallRecord, Tokens } from "../../ledger/contract.ts";
import type { AnswerFacts } from "../../providers/index.ts";
import type { RunningAttempt } from "../attempt.ts";
import type { ShapedCall } from "../shaping/shaped-call.ts";
import type { Holding } from "./holding.ts";
import { addDropped } from "./settle-again.ts";

export interface SettlementAside {
  /** What was made of the request before it was planned. */
  shaped(incoming: ShapedCall): void;
  /** An answer came and is not the call's; its target was asked again, or it came to nothing. What it cost is the call's. */
  setAside(running: RunningAttempt, aside: SetAside): void;
  /** Of the answer that is asked for now, after one that was set aside. */
  heldAgain(hold: Hold): void;
  validated(validation: AnswerValidation): void;
}

export interface SetAside {
  facts: AnswerFacts;
  error: AppError;
}

interface AsideDeps {
  /** Puts an answer and what it came to on the record. */
  takeAnswer(running: RunningAttempt, facts: AnswerFacts): void;
  holding: Holding;
  /** Since the call began. */
  afterMs(): number;
}

interface Spent {
  tokens: Tokens;
  cost: CallRecord["cost"];
  budget: CallRecord["budget"];
}

/** `addUp` makes the record that of all answers; `log` is of the attempt that brought the last one. */
export function settleAside(
  record: CallRecord,
  { takeAnswer, holding, afterMs }: AsideDeps,
): { face: SettlementAside; addUp(log: Attempt | undefined): void } {
  let spent: Spent | undefined;

  const face: SettlementAside = {
    shaped({ request, shaped }) {
      if (!shaped) return;
      const { prompt, compression, dropped } = shaped;
      record.model = request.model;
      addDropped(record, dropped);
      if (prompt) record.prompt = prompt;
      if (compression) record.compression = { ...compression };
    },
    setAside(running, { facts, error: { code, message } }) {
      const { dropped } = record;
      record.dropped = [];
      takeAnswer(running, facts);
      record.dropped = dropped;
      holding.settle();
      const { log } = running;
      log.error = { code, message };
      log.outcome = OUTCOMES[code] ?? "truncated";
      const own = takeOut(record, log);
      spent = spent ? addSpent(spent, own) : own;
    },
    heldAgain: (hold) => holding.take(hold, afterMs()),
    validated: (validation) => void (record.validation = validation),
  };

  return {
    face,
    addUp(log) {
      if (!spent) return;
      if (record.answer && log) tellAttempt(log, record);
      const { answer, tokens, cost, budget } = record;
      const all = answer ? addSpent(spent, { tokens, cost, budget }) : spent;
      record.tokens = all.tokens;
      record.cost = all.cost;
      if (all.budget) record.budget = all.budget;
    },
  };
}

const OUTCOMES: Readonly<Record<string, Attempt["outcome"]>> = {
  "gateway.caller_gone": "cancelled",
  "gateway.answer_invalid": "error",
  "gateway.bad_schema": "error",
};

/** As if no answer had come. */
function takeOut(record: CallRecord, log: Attempt): Spent {
  const { tokens, cost, budget } = record;
  delete record.budget;
  tellAttempt(log, record);
  record.answer = null;
  record.tokens = { input: 0, output: 0, cache_read: 0, cache_write: 0, reasoning: 0, source: "unknown" };
  record.cost = { usd_micros: null, price_version: null };
  return { tokens, cost, budget };
}

function tellAttempt(log: Attempt, { tokens, cost }: CallRecord): void {
  // Of a call that asks several, each says its own already, and the record all of it.
  if (log.tokens) return;
  log.tokens = tokens;
  log.cost_usd_micros = cost.usd_micros;
}

function addSpent(one: Spent, other: Spent): Spent {
  return {
    tokens: addTokens(one.tokens, other.tokens),
    cost: addCost(one.cost, other.cost),
    budget: one.budget && other.budget ? addBudget(one.budget, other.budget) : (one.budget ?? other.budget),
  };
}

type Budget = NonNullable<CallRecord["budget"]>;

function addBudget(one: Budget, other: Budget): Budget {
  return {
    ...one,
    held_usd_micros: one.held_usd_micros + other.held_usd_micros,
    charged_usd_micros: one.charged_usd_micros + other.charged_usd_micros,
  };
}

function addTokens(one: Tokens, other: Tokens): Tokens {
  return {
    input: one.input + other.input,
    output: one.output + other.output,
    cache_read: one.cache_read + other.cache_read,
    cache_write: one.cache_write + other.cache_write,
    reasoning: one.reasoning + other.reasoning,
    source: one.source === other.source ? one.source : "estimated",
  };
}

/** What is not known in a part is not known of the whole. */
function addCost(one: CallRecord["cost"], other: CallRecord["cost"]): CallRecord["cost"] {
  const isKnown = one.usd_micros !== null && other.usd_micros !== null;
  return {
    usd_micros: isKnown ? (one.usd_micros ?? 0) + (other.usd_micros ?? 0) : null,
    price_version: other.price_version ?? one.price_version,
  };
}
