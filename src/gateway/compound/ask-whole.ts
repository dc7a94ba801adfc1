// Asks one target and waits until its answer is whole: it is held here, within the bound of any answer, and given to nobody yet.
// It tries once; what it cost is on its log, whatever becomes of it.
import { type AppError, elapsedMs, toAppError } from "../../kernel/index.ts";
import type { Attempt } from "../../ledger/index.ts";
import { type AnswerFacts, type CallerRequest, providersErrors } from "../../providers/index.ts";
import type { Hold } from "../../governance/index.ts";
import { attemptOnce, closeLog, openLog, type RunningAttempt } from "../attempt.ts";
import { gatewayErrors } from "../errors.ts";
import { verdictOf } from "../health/verdict.ts";
import type { PlannedAttempt } from "../routing/plan-shape.ts";
import { allowAttempt, looksAtTargets } from "../target-limits/allow-next.ts";
import type { AllowedAttempt } from "../target-limits/allowed-attempt.ts";
import { settleInner, settleLost } from "../target-limits/settle-attempt.ts";
import type { Asking, CompoundDeps } from "./asking.ts";

/** `running` has no watch and no trial any more, and all of a stream is in `first`. */
export type Inner = { log: Attempt } & (
  | { running: RunningAttempt; error?: undefined }
  | { running?: undefined; error: AppError }
);

export interface InnerAsked {
  planned: PlannedAttempt;
  request: CallerRequest;
  role: NonNullable<Attempt["role"]>;
}

export interface UnderWay {
  done: Promise<Inner>;
  /** Nobody waits for it any more. */
  letGo(reason: AppError): void;
}

/** On the record from the start. */
export function startInner(deps: CompoundDeps, { planned, request, role }: InnerAsked, asking: Asking): UnderWay {
  const { settlement, incoming, hangUp, bill } = asking;
  let end: ((reason: AppError) => void) | undefined;
  let begun: RunningAttempt | undefined;
  let isOver = false;
  const call = {
    ...incoming,
    request,
    hangUp,
    callId: settlement.callId,
    onStart(log: Attempt, stop: (reason: AppError) => void) {
      log.role = role;
      end = stop;
      settlement.tried(log);
      bill.asked(log, { target: planned.target, request });
    },
  };

  async function askWhole(): Promise<Inner> {
    const allowed = looksAtTargets(deps) ? await allowInner(deps, { planned, request, role }, asking) : planned;
    if ("log" in allowed) return allowed;
    if (isOver) return leaveOut(deps, { planned, role }, { asking, error: gatewayErrors.not_needed({}), ...allowed });
    const result = await attemptOnce(allowed, call, deps);
    if (!result.ok) return result;
    begun = result.running;
    // It may have begun in the moment in which it was let go.
    return isOver ? dropIt(deps, begun) : finish(deps, begun, { asking, isOver: () => isOver });
  }

  const done = askWhole().finally(() => (isOver = true));
  return {
    done,
    letGo(reason) {
      if (isOver) return;
      isOver = true;
      end?.(reason);
      if (begun?.answer.kind === "stream") bill.ended(begun.log, factsOf(begun), true);
    },
  };
}

/** Room under the limits of its target; one that has none is on the record as one that failed. */
async function allowInner(
  deps: CompoundDeps,
  { planned, request, role }: InnerAsked,
  asking: Asking,
): Promise<AllowedAttempt | Inner> {
  try {
    const incoming = { ...asking.incoming, request };
    return await allowAttempt(deps, { plan: asking.plan, planned }, { incoming, settlement: asking.settlement });
  } catch (thrown) {
    return leaveOut(deps, { planned, role }, { asking, error: toAppError(thrown) });
  }
}

function leaveOut(
  deps: CompoundDeps,
  { planned, role }: Pick<InnerAsked, "planned" | "role">,
  { asking, error, hold }: { asking: Asking; error: AppError; hold?: Hold | undefined },
): Inner {
  hold?.settle({ usd_micros: 0, tokens: 0, requests: 0 });
  const log = closeLog(openLog(planned, elapsedMs(deps.world, asking.incoming.startedMs)), error, 0);
  log.role = role;
  // One that nobody waits for any more leaves the record alone.
  if (error.code !== "gateway.not_needed") asking.settlement.tried(log);
  return { log, error };
}

interface Finishing {
  asking: Asking;
  /** Let go: the record may be closed by now, and its log is left alone. */
  isOver(): boolean;
}

async function finish(deps: CompoundDeps, running: RunningAttempt, { asking, isOver }: Finishing): Promise<Inner> {
  const { log, watch, trial, answer, hold } = running;
  const { bill, incoming } = asking;
  const isStream = answer.kind === "stream";
  try {
    const first = await readToEnd(running, deps.config.answer_bytes_max);
    if (isOver()) return dropIt(deps, running);
    watch.stop();
    const facts = factsOf(running);
    bill.ended(log, facts, isStream);
    if (hold) settleInner(hold, log);
    if (trial && !isStream) deps.health.noteWhole(trial, log.duration_ms, facts.usage?.output ?? 0);
    if (trial) deps.health.end(trial, answer.status < 500 ? "answered" : "fault");
    return { log, running: { ...running, first, trial: undefined } };
  } catch (thrown) {
    if (isOver()) return dropIt(deps, running);
    watch.stop();
    if (isStream) answer.body.cancel();
    const error = toAppError(thrown);
    if (trial) deps.health.end(trial, verdictOf(error));
    closeLog(log, error, elapsedMs(deps.world, incoming.startedMs + log.started_after_ms));
    if (log.outcome === "error") log.outcome = "truncated";
    bill.ended(log, factsOf(running), isStream);
    if (hold) settleInner(hold, log);
    return { log, error };
  }
}

function dropIt(deps: CompoundDeps, { log, watch, trial, answer, hold }: RunningAttempt): Inner {
  if (hold) settleLost(hold);
  watch.stop();
  if (answer.kind === "stream") answer.body.cancel();
  if (trial) deps.health.end(trial, "nothing");
  return { log, error: gatewayErrors.not_needed({}) };
}

function factsOf({ answer }: RunningAttempt): AnswerFacts {
  return answer.kind === "stream" ? answer.body.meter.facts : answer.facts;
}

async function readToEnd({ answer, first, watch, log }: RunningAttempt, bytesMax: number): Promise<Uint8Array> {
  if (answer.kind === "whole") return first;
  const pieces = [first];
  let size = first.length;
  while (!answer.body.meter.isComplete) {
    const bytes = await answer.body.next();
    if (bytes === null) break;
    watch.progress();
    size += bytes.length;
    const detail = `its answer is longer than ${bytesMax} bytes`;
    if (size > bytesMax) throw providersErrors.vendor_garbage({ target: log.target, detail });
    pieces.push(bytes);
  }
  return pieces.length === 1 ? first : Buffer.concat(pieces);
}
