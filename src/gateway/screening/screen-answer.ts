// The guardrails of a call at its answer. One that is here whole is checked before it is given, and so is a stream where a check wants
// all of it; other streams are checked as they go (streams/stream-answer.ts). What was masked in the request is put back last.
import { type AppError, toAppError } from "../../kernel/index.ts";
import type { AnswerText, CallGuard } from "../../guardrails/index.ts";
import { type CallerRequest, isEventStream } from "../../providers/index.ts";
import type { RunningAttempt } from "../attempt.ts";
import type { GatewayConfig } from "../config.ts";
import type { IncomingCall } from "../incoming-call.ts";
import { type AskedApprovals, demandOf, holdAnswer } from "./asking.ts";
import type { Health } from "../health/health.ts";
import type { Settlement } from "../settlement/settle.ts";
import { readWhole } from "../shaping/validation/read-whole.ts";

export interface ScreeningDeps {
  approvals: Pick<AskedApprovals, "held">;
  config: Pick<GatewayConfig, "answer_bytes_max">;
  health: Pick<Health, "end">;
}

interface Screened {
  guard: CallGuard;
  incoming: IncomingCall;
  settlement: Settlement;
}

/** Throws `guardrails.*`, what a broken answer throws, and `approvals.needed` of one that is held until a person agrees. */
export async function screenAnswer(
  deps: ScreeningDeps,
  running: RunningAttempt,
  { guard, incoming, settlement }: Screened,
): Promise<RunningAttempt> {
  const { request } = incoming;
  const { answer } = running;
  const isHere = answer.kind === "whole" || answer.body.meter.isComplete;
  if (!isHere && !guard.wantsWholeAnswer) return running;
  try {
    const { whole, ...read } = await readWhole(running, deps.config.answer_bytes_max);
    const content = await guard.screenAnswer({ ...whole, isArray: isArray(request) });
    const demands = guard.takeAsked().map(demandOf);
    if (demands.length > 0) {
      const given = restoreAnswer({ guard, request }, { mediaType: whole.mediaType, body: content });
      const status = answer.status;
      const held = { ...given, callId: settlement.callId, target: running.log.target, status };
      await holdAnswer(deps.approvals, incoming, { demands, answered: held });
    }
    if (answer.kind === "whole") return { ...read, answer: { ...answer, text: content } };
    return { ...read, first: typeof content === "string" ? Buffer.from(content) : content };
  } catch (thrown) {
    const error = toAppError(thrown);
    endRefused(deps, running, { settlement, error });
    throw error;
  }
}

/** The answer came, and was paid for; the caller does not get it. */
function endRefused(
  { health }: ScreeningDeps,
  running: RunningAttempt,
  { settlement, error }: { settlement: Settlement; error: AppError },
): void {
  const { watch, trial, answer } = running;
  watch.stop();
  if (trial) health.end(trial, "answered");
  const facts = answer.kind === "stream" ? answer.body.meter.facts : answer.facts;
  settlement.setAside(running, { facts, error });
}

function isArray({ framing, stream }: CallerRequest): boolean {
  return framing === "array" && stream;
}

interface GivenAnswer {
  mediaType: string;
  body: string | Uint8Array | ReadableStream<Uint8Array>;
}

/** The answer with what was masked in its request. */
export function restoreAnswer<Answer extends GivenAnswer>(
  { guard, request }: { guard?: CallGuard | undefined; request: CallerRequest },
  answer: Answer,
): Answer {
  if (!guard?.restores) return answer;
  const { body, mediaType } = answer;
  if (body instanceof ReadableStream) return { ...answer, body: restoredStream(body, guard, mediaType) };
  const given: AnswerText = { content: body, mediaType, isArray: isArray(request) && !isEventStream(mediaType) };
  return { ...answer, body: guard.restoreAnswer(given) };
}

function restoredStream(
  body: ReadableStream<Uint8Array>,
  guard: CallGuard,
  mediaType: string,
): ReadableStream<Uint8Array> {
  const restoring = guard.openRestoring(mediaType);
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      for (;;) {
        const { done, value } = await reader.read();
        const bytes = done ? restoring.end() : restoring.push(value);
        if (bytes.length > 0) controller.enqueue(bytes);
        if (done) return controller.close();
        if (bytes.length > 0) return;
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
