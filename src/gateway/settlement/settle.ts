// Keeps a call's record while it runs and closes it exactly once, whichever way the call ends: answered, refused,
// failed, broken off, or left by its caller. What the call held is given back in the same breath.
import { type AppError, elapsedMs, roundMs, type World } from "../../kernel/index.ts";
import type { Admission, Hold } from "../../governance/index.ts";
import type { BodyInput, CallRecord, Ledger } from "../../ledger/index.ts";
import type { Attempt, Tokens } from "../../ledger/contract.ts";
import type { AnswerFacts, CallerRequest, Providers } from "../../providers/index.ts";
import type { RunningAttempt } from "../attempt.ts";
import type { HeldCall } from "../hold-call.ts";
import type { IncomingCall } from "../incoming-call.ts";
import type { Plan } from "../plan.ts";
import { addDropped, settleAgain, type SettlementAgain } from "./settle-again.ts";

export interface Settlement extends SettlementAgain {
  readonly callId: string;
  /** Told the record once it is in the journal; without one when it could not be written. */
  onRelease(release: (closed?: CallRecord) => void): void;
  admitted(admission: Admission): void;
  planned(plan: Plan): void;
  /** Settled when the call ends, however it ends. */
  held(held: HeldCall): void;
  tried(attempt: Attempt): void;
  /** The answer came whole. Throws when it cannot be written to the journal: then it must not be given out. */
  succeed(running: RunningAttempt, answer: Answered): void;
  /** The stream broke, or its caller left; `error` says which. */
  breakOff(running: RunningAttempt, answer: Answered & { error: AppError }): void;
  /** No answer was given. A second settlement of any kind is ignored. */
  fail(error: AppError): void;
}

export interface Answered {
  facts: AnswerFacts;
  body: BodyInput;
}

interface SettleDeps {
  world: World;
  ledger: Ledger;
  providers: Providers;
}

export function createSettlement({ world, ledger, providers }: SettleDeps, incoming: IncomingCall): Settlement {
  const call = ledger.open(startOf(incoming));
  const { record } = call;
  const releases: ((closed?: CallRecord) => void)[] = [];
  let isSettled = false;
  let held: Hold | undefined;

  function close(outcome: CallRecord["outcome"], ending: { error?: AppError; body?: BodyInput }): void {
    if (isSettled) return;
    isSettled = true;
    record.outcome = outcome;
    if (ending.error && outcome !== "truncated") record.status = ending.error.status;
    record.error = ending.error ? { code: ending.error.code, message: ending.error.message } : null;
    record.timings.total_ms = elapsedMs(world, incoming.startedMs);
    if (held) settleHold(held, record);
    let closed: CallRecord | undefined;
    try {
      call.close(ending.body);
      closed = record;
    } finally {
      for (const release of releases) release(closed);
    }
  }

  function takeAnswer({ log, answer, dropped }: RunningAttempt, { facts }: Answered): void {
    addDropped(record, dropped);
    record.status = answer.status;
    log.duration_ms = elapsedMs(world, incoming.startedMs + log.started_after_ms);
    record.answer = answerOf(log, facts);
    record.tokens = tokensOf(facts, incoming.request, answer.kind === "stream");
    // What was used is not known, and so what it cost is not: it was not free.
    if (record.tokens.source !== "unknown") record.cost = providers.price(log, facts.usage ?? record.tokens);
    if (answer.kind === "stream") takeTokenTimes(record, log);
  }

  return {
    callId: call.id,
    onRelease: (release) => void releases.push(release),
    admitted(admission) {
      releases.push(admission.release);
      record.authority = admission.authority;
    },
    planned({ route, considered }) {
      Object.assign(record, { route, considered });
      record.timings.overhead_ms = elapsedMs(world, incoming.startedMs);
    },
    held({ hold, plan, changed }) {
      held = hold;
      record.considered = plan.considered;
      addDropped(record, changed);
    },
    tried: (attempt) => void record.attempts.push(attempt),
    succeed(running, answer) {
      if (!isSettled) takeAnswer(running, answer);
      close(running.answer.status < 400 ? "ok" : "failed", { body: answer.body });
    },
    breakOff(running, { error, ...answer }) {
      if (isSettled) return;
      takeAnswer(running, answer);
      running.log.outcome = error.code === "gateway.caller_gone" ? "cancelled" : "truncated";
      running.log.error = { code: error.code, message: error.message };
      close(running.log.outcome, { error, body: answer.body });
    },
    fail(error) {
      error.params["callId"] = call.id;
      close(outcomeOf(error, record), { error });
    },
    ...settleAgain(record, { close, isSettled: () => isSettled }),
  };
}

function answerOf({ target, vendor, model }: Attempt, facts: AnswerFacts): CallRecord["answer"] {
  const { response_id, finish_reason } = facts;
  return { target, vendor, model: facts.model ?? model, response_id, finish_reason };
}

/** What the call came to; where that is not known, what it may have come to. */
function settleHold(hold: Hold, record: CallRecord): void {
  const { answer, cost, tokens } = record;
  const charged = cost.usd_micros ?? (answer ? hold.usd_micros : 0);
  hold.settle({ usd_micros: charged, tokens: tokens.input + tokens.output });
  if (hold.usd_micros > 0) record.budget = { held_usd_micros: hold.usd_micros, charged_usd_micros: charged };
}

/** An answer that comes whole does not tell when its first token was there. */
function takeTokenTimes({ timings, tokens }: CallRecord, log: Attempt): void {
  const { first_byte_ms: firstByteMs, started_after_ms, duration_ms } = log;
  if (firstByteMs === null) return;
  timings.first_token_ms = roundMs(started_after_ms + firstByteMs);
  if (tokens.output > 1) timings.per_output_token_ms = roundMs((duration_ms - firstByteMs) / (tokens.output - 1));
}

function startOf({ principal, request, trace }: IncomingCall) {
  return {
    model: request.model,
    operation: request.operation,
    dialect: request.dialect,
    stream: request.stream,
    who: {
      key_id: principal.keyId,
      key_name: principal.keyName,
      user: trace.user ?? principal.user,
      team: principal.team,
      project: principal.project,
      tags: trace.tags,
    },
    trace_id: trace.traceId,
    parent_span_id: trace.parentSpanId,
    session: trace.session,
    request: { media_type: "application/json", content: request.text },
  };
}

function outcomeOf(error: AppError, record: CallRecord): CallRecord["outcome"] {
  if (error.code === "gateway.caller_gone") return "cancelled";
  return record.attempts.length === 0 ? "refused" : "failed";
}

// A vendor that names no usage, or a stream that ended early: count about four characters a token on the way in and
// one event a token on the way out, and say that it is an estimate.
function tokensOf(facts: AnswerFacts, { operation, text }: CallerRequest, isStream: boolean): Tokens {
  const { usage } = facts;
  if (usage) {
    const { input, output, cache_read, cache_write, reasoning } = usage;
    return { input, output, cache_read, cache_write, reasoning, source: "vendor" };
  }
  if (!isStream || operation !== "chat")
    return { input: 0, output: 0, cache_read: 0, cache_write: 0, reasoning: 0, source: "unknown" };
  return {
    input: Math.ceil(text.length / 4),
    output: facts.contentEvents,
    cache_read: 0,
    cache_write: 0,
    reasoning: 0,
    source: "estimated",
  };
}
