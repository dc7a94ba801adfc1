// Holds an answer until it is whole and checks it: as it came, mended here, or, so often as may be, asked for again at the
// same target with the fault named. Each time is an attempt on the record, with its cost, and is held for like the first.
import { type AppError, toAppError } from "../../../kernel/index.ts";
import type { Governance, Hold } from "../../../governance/index.ts";
import type { AnswerValidation } from "../../../ledger/index.ts";
import { addMessages, type AnswerFacts, type CallerRequest, type Providers } from "../../../providers/index.ts";
import { type AttemptDeps, attemptOnce, type RunningAttempt } from "../../attempt.ts";
import type { Turn } from "../../cache/index.ts";
import { gatewayErrors } from "../../errors.ts";
import { verdictOf } from "../../health/verdict.ts";
import type { IncomingCall } from "../../incoming-call.ts";
import { type Plan, routeOf } from "../../routing/plan-shape.ts";
import type { Settlement } from "../../settlement/settle.ts";
import { type AllowDeps, allowOrLeave } from "../../target-limits/allow-next.ts";
import type { AnswerCheck } from "./answer-check.ts";
import { type Judgement, judgeAnswer } from "./judge-answer.ts";
import { readWhole, type WholeRunning } from "./read-whole.ts";

export interface CheckDeps extends AttemptDeps, Pick<AllowDeps, "pacing"> {
  governance: Governance;
  providers: Providers;
}

export interface Checking {
  check: AnswerCheck;
  /** With the request as it was asked. */
  incoming: IncomingCall;
  plan: Plan;
  settlement: Settlement;
  turn: Turn | undefined;
}

export interface CheckedAnswer {
  running: RunningAttempt;
  /** Undefined where there was nothing to check. */
  validation?: "valid" | "repaired" | "failed" | undefined;
}

/** Throws `gateway.answer_invalid`, and what a broken answer throws. */
export async function checkAnswer(deps: CheckDeps, first: RunningAttempt, checking: Checking): Promise<CheckedAnswer> {
  const { check, settlement, incoming, turn } = checking;
  const note = (outcome: AnswerValidation["outcome"]): void =>
    settlement.validated({ outcome, asked_again: askedAgain, problem });
  const hangUp = turn?.hangUp ?? incoming.signal;
  let askedAgain = 0;
  let problem: string | null = null;
  let running = await wholeOf(deps, first, checking);
  for (;;) {
    const judged = judge(deps, running, checking);
    if (judged.kind === "invalid") problem = judged.problem;
    if (judged.kind !== "invalid") {
      note(judged.kind === "mended" ? "mended" : judged.kind === "other" ? "not_checked" : "valid");
      return { running: withContent(running, judged), validation: told(judged, askedAgain) };
    }
    const asking = { ...checking, judged };
    const next = askedAgain < check.repairsMax && !hangUp.aborted && (await askAgain(deps, running, asking));
    if (!next) break;
    askedAgain += 1;
    running = await wholeOf(deps, next, checking);
  }
  note("invalid");
  if (check.onInvalid === "pass") {
    // Nobody else should be given it.
    turn?.decline();
    return { running, validation: "failed" };
  }
  const { target } = running.log;
  const error = gatewayErrors.answer_invalid({ target, problem: problem ?? "", asked: askedAgain + 1 });
  endUngiven(deps, running, { settlement, error });
  throw error;
}

function told({ kind }: Judgement, askedAgain: number): CheckedAnswer["validation"] {
  if (kind === "other") return undefined;
  return kind === "mended" || askedAgain > 0 ? "repaired" : "valid";
}

/** The target did its part. */
const DOES_ANSWER: ReadonlySet<string> = new Set(["gateway.answer_invalid", "gateway.bad_schema"]);

type Ending = Pick<Checking, "settlement"> & { error: AppError };

/** The answer came, and is not the call's. */
function endUngiven(deps: CheckDeps, { watch, ...running }: RunningAttempt, { settlement, error }: Ending): void {
  watch.stop();
  if (running.trial) deps.health.end(running.trial, DOES_ANSWER.has(error.code) ? "answered" : verdictOf(error));
  settlement.setAside({ ...running, watch }, { facts: factsOf(running), error });
}

function factsOf({ answer }: Pick<RunningAttempt, "answer">): AnswerFacts {
  return answer.kind === "stream" ? answer.body.meter.facts : answer.facts;
}

async function wholeOf(deps: CheckDeps, running: RunningAttempt, { settlement }: Checking): Promise<WholeRunning> {
  try {
    return await readWhole(running, deps.config.answer_bytes_max);
  } catch (thrown) {
    const error = toAppError(thrown);
    endUngiven(deps, running, { settlement, error });
    throw error;
  }
}

function judge(deps: CheckDeps, running: WholeRunning, { check, incoming, settlement }: Checking): Judgement {
  try {
    return judgeAnswer(incoming.request, running.whole, check.shape);
  } catch (thrown) {
    const error = toAppError(thrown);
    endUngiven(deps, running, { settlement, error });
    throw error;
  }
}

function withContent(running: WholeRunning, judged: Judgement): RunningAttempt {
  if (judged.kind !== "mended") return running;
  const { answer } = running;
  const { content } = judged;
  if (answer.kind === "whole") return { ...running, answer: { ...answer, text: content } };
  return { ...running, first: typeof content === "string" ? Buffer.from(content) : content };
}

interface Asking extends Checking {
  judged: Extract<Judgement, { kind: "invalid" }>;
}

/** Undefined where it cannot be paid, or brings no answer: then the last one stays as it is. */
async function askAgain(deps: CheckDeps, last: WholeRunning, asking: Asking): Promise<RunningAttempt | undefined> {
  const { incoming, plan, settlement, turn, judged } = asking;
  const { target: id } = last.log;
  const target = plan.attempts.find((each) => each.target.id === id)?.target;
  if (!target) return undefined;
  const request = withComplaint(incoming.request, judged);
  const hold = await holdFor(deps, {
    incoming,
    plan,
    worst: () => ({ ...deps.providers.worstCase(target, request), target: id }),
  });
  if (hold === "refused") return undefined;
  const reason = `asked again, since its answer does not hold to the schema: ${judged.problem}`.slice(
    0,
    REASON_LENGTH_MAX,
  );
  const planned = { target, reason, credential: last.log.credential };
  const allowed = await allowOrLeave(deps, { plan, planned }, { settlement, incoming: { ...incoming, request } });
  if (!allowed) {
    hold?.settle({ usd_micros: 0, tokens: 0, requests: 0 });
    return undefined;
  }
  const call = { ...incoming, request, callId: settlement.callId, hangUp: turn?.hangUp ?? incoming.signal };
  const result = await attemptOnce(allowed, call, deps);
  settlement.tried(result.ok ? result.running.log : result.log);
  if (!result.ok) {
    hold?.settle({ usd_micros: 0, tokens: 0, requests: 1 });
    return undefined;
  }
  if (result.running.hold) settlement.allowed(result.running.hold, result.running.log);
  const error = gatewayErrors.answer_invalid({ target: id, problem: judged.problem, asked: 1 });
  endUngiven(deps, last, { settlement, error });
  if (hold) settlement.heldAgain(hold);
  return result.running;
}

const REASON_LENGTH_MAX = 500;

interface Holding {
  incoming: IncomingCall;
  plan: Plan;
  worst: Parameters<Governance["hold"]>[1];
}

/** Undefined for a caller without caps. */
async function holdFor(
  { governance }: CheckDeps,
  { incoming, plan, worst }: Holding,
): Promise<Hold | undefined | "refused"> {
  try {
    return await governance.hold({ principal: incoming.principal, ip: incoming.ip, route: routeOf(plan) }, worst);
  } catch {
    return "refused";
  }
}

function withComplaint(request: CallerRequest, { problem, text }: Asking["judged"]): CallerRequest {
  const complaint = `Your answer does not hold to the JSON schema that was asked for: ${problem}\nAnswer again with the whole JSON, and nothing but JSON.`;
  const messages = [
    ...(text.trim() === "" ? [] : [{ role: "assistant" as const, parts: [{ type: "text" as const, text }] }]),
    { role: "user" as const, parts: [{ type: "text" as const, text: complaint }] },
  ];
  return addMessages(request, { messages, place: "after" }).request;
}
