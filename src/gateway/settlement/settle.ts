// Keeps a call's record while it runs and closes it exactly once, whichever way the call ends: answered, refused,
// failed, broken off, or left by its caller. What the call held is given back in the same breath.
import { type AppError, elapsedMs, roundMs, type World } from "../../kernel/index.ts";
import { type Admission, type Hold, ofOrganisation } from "../../governance/index.ts";
import type { BodyInput, CallRecord, Ledger } from "../../ledger/index.ts";
import type { Attempt } from "../../ledger/contract.ts";
import type { AnswerFacts, Providers } from "../../providers/index.ts";
import { refusedBy } from "../admit-call.ts";
import type { RunningAttempt } from "../attempt.ts";
import type { Health } from "../health/health.ts";
import type { HeldCall } from "../hold-call.ts";
import type { IncomingCall } from "../incoming-call.ts";
import { type Charge, createHolding } from "./holding.ts";
import { savedBy } from "./saved.ts";
import { answerOf, settleBroken, type SettlementBroken } from "./settle-broken.ts";
import { tokensOf, usageSoFar } from "./tokens-of.ts";
import { settleAnswered } from "../target-limits/settle-attempt.ts";
import { addDropped, settleAgain, type SettlementAgain } from "./settle-again.ts";
import { settleAside, type SettlementAside } from "./settle-aside.ts";
import { settlePlan, type SettlementPlan } from "./settle-plan.ts";

export interface Settlement extends SettlementPlan, SettlementAgain, SettlementAside, SettlementBroken {
  readonly callId: string;
  /** Told the record once it is in the journal; without one when it could not be written. */
  onRelease(release: (closed?: CallRecord) => void): void;
  admitted(admission: Admission): void;
  /** Of the policies that admitted the call. */
  obligations(): readonly string[];
  /** The request as it goes on record, where that is not how it came. */
  requested(text: string): void;
  /** Settled when the call ends, however it ends. */
  held(held: HeldCall): void;
  /** Of calls that ask several targets: tells what all of it came to, and puts it on the record, when the call ends. */
  billedBy(sumUp: (record: CallRecord) => Charge): void;
  /** What is held against the caps of the target that answers, by this attempt. */
  allowed(hold: Hold, log: Attempt): void;
  /** The answer came whole. Throws when it cannot be written to the journal: then it must not be given out. */
  succeed(running: RunningAttempt, answer: Answered): void;
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
  health: Health;
}

export function createSettlement({ world, ledger, providers, health }: SettleDeps, incoming: IncomingCall): Settlement {
  const start = startOf(incoming);
  const call = ledger.open(start);
  const { record } = call;
  const releases: ((closed?: CallRecord) => void)[] = [];
  let isSettled = false;
  const holding = createHolding(record);
  let obligations: readonly string[] = [];
  let answering: Attempt | undefined;

  function close(outcome: CallRecord["outcome"], ending: { error?: AppError; body?: BodyInput }): void {
    if (isSettled) return;
    isSettled = true;
    record.outcome = outcome;
    if (ending.error && outcome !== "truncated") record.status = ending.error.status;
    record.error = ending.error ? { code: ending.error.code, message: ending.error.message } : null;
    record.timings.total_ms = elapsedMs(world, incoming.startedMs);
    holding.settle();
    aside.addUp(answering);
    broken.mend();
    let closed: CallRecord | undefined;
    try {
      call.close(ending.body);
      closed = record;
    } finally {
      for (const release of releases) release(closed);
    }
  }

  const takeAnswer = (running: RunningAttempt, facts: AnswerFacts): void => {
    answering = running.log;
    fillIn(record, { ...running, facts }, { world, providers, incoming });
  };
  const aside = settleAside(record, { holding, takeAnswer, afterMs: () => elapsedMs(world, incoming.startedMs) });
  const broken = settleBroken(record, { close, isSettled: () => isSettled, takeAnswer, aside: aside.face, health });

  return {
    callId: call.id,
    onRelease: (release) => void releases.push(release),
    admitted(admission) {
      releases.push(admission.release);
      [record.authority, obligations] = [admission.authority, admission.obligations];
    },
    obligations: () => obligations,
    requested: (text) => void (start.request.content = text),
    held({ hold, plan, changed }) {
      holding.take(hold, elapsedMs(world, incoming.startedMs));
      // Its caller left while it was held.
      if (isSettled) hold?.settle({ usd_micros: 0, tokens: 0, requests: 0 });
      record.considered = plan.considered;
      addDropped(record, changed);
    },
    billedBy: holding.billedBy,
    allowed: (hold, log) => void releases.push(() => settleAnswered(hold, log, record)),
    succeed(running, answer) {
      if (!isSettled) takeAnswer(running, answer.facts);
      if (running.trial) noteEnd(health, running, record);
      close(running.answer.status < 400 ? "ok" : "failed", { body: answer.body });
    },
    fail(error) {
      error.params["callId"] = call.id;
      record.authority = refusedBy(error) ?? record.authority;
      close(outcomeOf(error, record), { error });
    },
    ...settlePlan(record, world, incoming.startedMs),
    ...aside.face,
    ...broken.face,
    ...settleAgain(record, { close, isSettled: () => isSettled }),
  };
}

interface FillingDeps extends Pick<SettleDeps, "world" | "providers"> {
  incoming: IncomingCall;
}

/** What was answered, by whom, and what it came to. */
function fillIn(
  record: CallRecord,
  { log, answer, dropped, facts, share }: RunningAttempt & { facts: AnswerFacts },
  { world, providers, incoming }: FillingDeps,
): void {
  addDropped(record, dropped);
  record.status = answer.status;
  log.duration_ms = elapsedMs(world, incoming.startedMs + log.started_after_ms);
  record.answer = answerOf(log, facts);
  const isStream = answer.kind === "stream";
  const usage = isStream ? usageSoFar(facts) : facts.usage;
  record.tokens = tokensOf({ ...facts, usage }, incoming.request, isStream);
  // What was used is not known, and so what it cost is not: it was not free.
  if (record.tokens.source !== "unknown") record.cost = share?.cost ?? providers.price(log, usage ?? record.tokens);
  if (answer.kind === "stream") takeTokenTimes(record, log);
  if (record.compression) record.compression.saved_usd_micros = savedBy(record.compression, log, providers);
}

/** What a whole answer tells of its target. A request that was passed through may have been answered with a failure. */
function noteEnd(health: Health, { trial, answer, log }: RunningAttempt, { timings, tokens }: CallRecord): void {
  if (!trial) return;
  if (timings.per_output_token_ms !== null) health.notePace(trial, timings.per_output_token_ms);
  if (answer.kind === "whole" && answer.status < 400) health.noteWhole(trial, log.duration_ms, tokens.output);
  health.end(trial, answer.status < 500 ? "answered" : "fault");
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
      ...ofOrganisation(principal),
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
  if (error.code.startsWith("guardrails.") || error.code.startsWith("approvals.")) return "refused";
  // Nobody was asked because nobody was well: they failed, as if they had been.
  if (error.code === "gateway.targets_rest") return "failed";
  return record.attempts.length === 0 ? "refused" : "failed";
}
