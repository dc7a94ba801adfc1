// Asks one target and waits until its answer is whole: it is held here, within the bound of any answer, and given to nobody yet.
// It tries once; what it cost is on its log, whatever becomes of it.
import { type AppError, elapsedMs, toAppError } from "../../kernel/index.ts";
import type { Attempt } from "../../ledger/index.ts";
import { type AnswerFacts, type CallerRequest, providersErrors } from "../../providers/index.ts";
import { attemptOnce, closeLog, type RunningAttempt } from "../attempt.ts";
import { verdictOf } from "../health/verdict.ts";
import type { PlannedAttempt } from "../routing/plan-shape.ts";
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
  const done = attemptOnce(planned, call, deps).then((result): Inner | Promise<Inner> =>
    result.ok ? finish(deps, result.running, asking) : result,
  );
  let isDone = false;
  void done.then(() => (isDone = true));
  return { done, letGo: (reason) => void (isDone || end?.(reason)) };
}

async function finish(deps: CompoundDeps, running: RunningAttempt, { bill, incoming }: Asking): Promise<Inner> {
  const { log, watch, trial, answer } = running;
  const isStream = answer.kind === "stream";
  try {
    const first = await readToEnd(running, deps.config.answer_bytes_max);
    watch.stop();
    const facts = factsOf(running);
    bill.ended(log, facts, isStream);
    if (trial && !isStream) deps.health.noteWhole(trial, log.duration_ms, facts.usage?.output ?? 0);
    if (trial) deps.health.end(trial, answer.status < 500 ? "answered" : "fault");
    return { log, running: { ...running, first, trial: undefined } };
  } catch (thrown) {
    watch.stop();
    if (isStream) answer.body.cancel();
    const error = toAppError(thrown);
    if (trial) deps.health.end(trial, verdictOf(error));
    closeLog(log, error, elapsedMs(deps.world, incoming.startedMs + log.started_after_ms));
    if (log.outcome === "error") log.outcome = "truncated";
    bill.ended(log, factsOf(running), isStream);
    return { log, error };
  }
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
