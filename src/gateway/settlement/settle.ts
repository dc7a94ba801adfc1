// Keeps a call's record while it runs and closes it exactly once, whichever way the call ends: answered, refused,
// failed, broken off, or left by its caller. What the call held is given back in the same breath.
import { type AppError, elapsedMs, roundMs, type World } from "../../kernel/index.ts";
import type { Admission, Hold } from "../../governance/index.ts";
import type { BodyInput, CallRecord, Ledger } from "../../ledger/index.ts";
import type { Attempt, Considered, ShadowLink } from "../../ledger/contract.ts";
import type { AnswerFacts, Providers } from "../../providers/index.ts";
import type { RunningAttempt } from "../attempt.ts";
import type { Health } from "../health/health.ts";
import { verdictOf } from "../health/verdict.ts";
import type { HeldCall } from "../hold-call.ts";
import type { IncomingCall } from "../incoming-call.ts";
import type { Plan } from "../routing/plan-shape.ts";
import { tokensOf } from "./tokens-of.ts";
import { addDropped, settleAgain, type SettlementAgain } from "./settle-again.ts";

export interface Settlement extends SettlementAgain {
  readonly callId: string;
  /** Told the record once it is in the journal; without one when it could not be written. */
  onRelease(release: (closed?: CallRecord) => void): void;
  /** How long the call waits for this goes on its record. */
  waited<T>(turn: Promise<T>): Promise<T>;
  admitted(admission: Admission): void;
  planned(plan: Plan): void;
  /** Targets that stand first in the plan and are not tried, each with the reason, and the one that is instead. */
  passedOver(why: ReadonlyMap<string, string>, instead: string | undefined): void;
  /** Settled when the call ends, however it ends. */
  held(held: HeldCall): void;
  tried(attempt: Attempt): void;
  /** Of calls that ask several targets: tells what all of it came to, and puts it on the record, when the call ends. */
  billedBy(sumUp: (record: CallRecord) => Charge): void;
  /** A copy was sent, or left out. */
  shadowed(shadow: ShadowLink): void;
  /** Where calls that are made for this one stand: beneath it. */
  traceBelow(): { traceId: string; parentSpanId: string };
  /** The answer came whole. Throws when it cannot be written to the journal: then it must not be given out. */
  succeed(running: RunningAttempt, answer: Answered): void;
  /** The stream broke, or its caller left; `error` says which. */
  breakOff(running: RunningAttempt, answer: Answered & { error: AppError }): void;
  /** No answer was given. A second settlement of any kind is ignored. */
  fail(error: AppError): void;
}

/** What budgets and limits are charged. */
export interface Charge {
  usd_micros: number;
  tokens: number;
}

export interface Answered {
  facts: AnswerFacts;
  body: BodyInput;
}

interface SettleDeps {
  world: World;
  ledger: Ledger;
  providers: Providers;
  health: Health;
}

export function createSettlement({ world, ledger, providers, health }: SettleDeps, incoming: IncomingCall): Settlement {
  const call = ledger.open(startOf(incoming));
  const { record } = call;
  const releases: ((closed?: CallRecord) => void)[] = [];
  let isSettled = false;
  let held: (Hold & { afterMs: number }) | undefined;
  let sumUp: ((record: CallRecord) => Charge) | undefined;

  function close(outcome: CallRecord["outcome"], ending: { error?: AppError; body?: BodyInput }): void {
    if (isSettled) return;
    isSettled = true;
    record.outcome = outcome;
    if (ending.error && outcome !== "truncated") record.status = ending.error.status;
    record.error = ending.error ? { code: ending.error.code, message: ending.error.message } : null;
    record.timings.total_ms = elapsedMs(world, incoming.startedMs);
    const charge = sumUp?.(record);
    if (held) settleHold(held, record, charge);
    let closed: CallRecord | undefined;
    try {
      call.close(ending.body);
      closed = record;
    } finally {
      for (const release of releases) release(closed);
    }
  }

  const takeAnswer = (running: RunningAttempt, { facts }: Answered): void =>
    fillIn(record, { ...running, facts }, { world, providers, incoming });

  return {
    callId: call.id,
    onRelease: (release) => void releases.push(release),
    waited: (turn) => timed(turn, world, (ms) => void (record.timings.queue_ms = ms)),
    admitted(admission) {
      releases.push(admission.release);
      record.authority = admission.authority;
    },
    planned({ route, considered }) {
      Object.assign(record, { route, considered });
      record.timings.overhead_ms = elapsedMs(world, incoming.startedMs);
    },
    passedOver: (why, instead) => void (record.considered = passOver(record.considered, why, instead)),
    held({ hold, plan, changed }) {
      held = hold && { ...hold, afterMs: elapsedMs(world, incoming.startedMs) };
      record.considered = plan.considered;
      addDropped(record, changed);
    },
    tried: (attempt) => void record.attempts.push(attempt),
    billedBy: (bill) => void (sumUp = bill),
    shadowed: (shadow) => void (record.shadows ??= []).push(shadow),
    traceBelow: () => ({ traceId: record.trace_id, parentSpanId: record.span_id }),
    succeed(running, answer) {
      if (!isSettled) takeAnswer(running, answer);
      if (running.trial) noteEnd(health, running, record);
      close(running.answer.status < 400 ? "ok" : "failed", { body: answer.body });
    },
    breakOff(running, { error, ...answer }) {
      if (running.trial) health.end(running.trial, verdictOf(error));
      if (isSettled) return;
      takeAnswer(running, answer);
      close(markBroken(running.log, error), { error, body: answer.body });
    },
    fail(error) {
      error.params["callId"] = call.id;
      close(outcomeOf(error, record), { error });
    },
    ...settleAgain(record, { close, isSettled: () => isSettled }),
  };
}

interface FillingDeps extends Pick<SettleDeps, "world" | "providers"> {
  incoming: IncomingCall;
}

/** What was answered, by whom, and what it came to. */
function fillIn(
  record: CallRecord,
  { log, answer, dropped, facts }: RunningAttempt & { facts: AnswerFacts },
  { world, providers, incoming }: FillingDeps,
): void {
  addDropped(record, dropped);
  record.status = answer.status;
  log.duration_ms = elapsedMs(world, incoming.startedMs + log.started_after_ms);
  record.answer = answerOf(log, facts);
  record.tokens = tokensOf(facts, incoming.request, answer.kind === "stream");
  // What was used is not known, and so what it cost is not: it was not free.
  if (record.tokens.source !== "unknown") record.cost = providers.price(log, facts.usage ?? record.tokens);
  if (answer.kind === "stream") takeTokenTimes(record, log);
}

function answerOf({ target, vendor, model }: Attempt, facts: AnswerFacts): CallRecord["answer"] {
  const { response_id, finish_reason } = facts;
  return { target, vendor, model: facts.model ?? model, response_id, finish_reason };
}

function timed<T>(turn: Promise<T>, world: World, note: (ms: number) => void): Promise<T> {
  const sinceMs = world.monotonicMs();
  return turn.finally(() => note(elapsedMs(world, sinceMs)));
}

function markBroken(log: Attempt, { code, message }: AppError): "cancelled" | "truncated" {
  log.error = { code, message };
  return (log.outcome = code === "gateway.caller_gone" ? "cancelled" : "truncated");
}

function passOver(considered: Considered[], why: ReadonlyMap<string, string>, instead: string | undefined) {
  return considered.map((each): Considered => {
    const reason = why.get(each.target);
    if (reason !== undefined) return { ...each, chosen: false, reason: `passed over: ${reason}` };
    return each.target === instead ? { ...each, chosen: true } : each;
  });
}

/** What a whole answer tells of its target. A request that was passed through may have been answered with a failure. */
function noteEnd(health: Health, { trial, answer, log }: RunningAttempt, { timings, tokens }: CallRecord): void {
  if (!trial) return;
  if (timings.per_output_token_ms !== null) health.notePace(trial, timings.per_output_token_ms);
  if (answer.kind === "whole" && answer.status < 400) health.noteWhole(trial, log.duration_ms, tokens.output);
  health.end(trial, answer.status < 500 ? "answered" : "fault");
}

/** What the call came to; where that is not known, what it may have come to. */
function settleHold(hold: Hold & { afterMs: number }, record: CallRecord, charge: Charge | undefined): void {
  const { answer, cost, tokens } = record;
  const charged = charge?.usd_micros ?? cost.usd_micros ?? (answer ? hold.usd_micros : 0);
  hold.settle({ usd_micros: charged, tokens: charge?.tokens ?? tokens.input + tokens.output });
  const { usd_micros: held_usd_micros, afterMs: held_after_ms } = hold;
  if (held_usd_micros > 0) record.budget = { held_usd_micros, held_after_ms, charged_usd_micros: charged };
}

/** An answer that comes whole does not tell when its first token was there. */
function takeTokenTimes({ timings, tokens }: CallRecord, log: Attempt): void {
  const { first_byte_ms: firstByteMs, started_after_ms, duration_ms } = log;
  if (firstByteMs === null) return;
  timings.first_token_ms = roundMs(started_after_ms + firstByteMs);
  if (tokens.output > 1) timings.per_output_token_ms = roundMs((duration_ms - firstByteMs) / (tokens.output - 1));
}

function startOf({ principal, request, trace, shadowOf }: IncomingCall) {
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
    shadow_of: shadowOf,
    request: { media_type: "application/json", content: request.text },
  };
}

function outcomeOf(error: AppError, record: CallRecord): CallRecord["outcome"] {
  if (error.code === "gateway.caller_gone") return "cancelled";
  return record.attempts.length === 0 ? "refused" : "failed";
}
