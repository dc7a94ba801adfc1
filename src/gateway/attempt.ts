// One try at one target, from the bytes to the first content. There is deliberately no retry here: it tries once and
// reports; complete.ts decides what happens next.
import { type AppError, createCancellation, elapsedMs, toAppError, type World } from "../kernel/index.ts";
import type { Hold } from "../governance/index.ts";
import type { Attempt } from "../ledger/contract.ts";
import {
  callVendor,
  createExchange,
  type Dropped,
  type Target,
  type VendorAnswer,
  type VendorStream,
} from "../providers/index.ts";
import type { IncomingCall } from "./incoming-call.ts";
import type { GatewayConfig } from "./config.ts";
import { gatewayErrors } from "./errors.ts";
import type { Health, Trial } from "./health/health.ts";
import { verdictOf } from "./health/verdict.ts";
import type { PlannedAttempt } from "./routing/plan-shape.ts";
import type { EmbeddingBatching, SharedAnswer } from "./embedding-batching/index.ts";
import type { AllowedAttempt } from "./target-limits/allowed-attempt.ts";
import { settleFailed } from "./target-limits/settle-attempt.ts";
import { traceFor } from "./trace-for.ts";
import type { HangUp, Watch, Watchkeeper, WatchLimits } from "./watchkeeper.ts";

export interface RunningAttempt {
  answer: VendorAnswer;
  /** The stream's bytes up to its first content: what came before is held back, so that another target may still be tried. */
  first: Uint8Array;
  /** Goes on the call's record; completed when the answer ends. */
  log: Attempt;
  watch: Watch;
  /** Ended with the answer; undefined where no vendor was asked. */
  trial: Trial | undefined;
  /** Against the caps of its target; settled with the call. */
  hold: Hold | undefined;
  /** What did not carry over; it grows while a translated answer comes. */
  dropped: readonly Dropped[];
  /** Of an answer that was asked for together with other calls'. */
  share?: SharedAnswer["share"];
}

export type AttemptResult = { ok: true; running: RunningAttempt } | { ok: false; error: AppError; log: Attempt };

export interface AttemptedCall extends Omit<IncomingCall, "signal"> {
  callId: string;
  hangUp: HangUp;
  /** Told at once: what will be the attempt's log, and a way to end it before its first content. */
  onStart?(log: Attempt, end: (reason: AppError) => void): void;
}

export interface AttemptDeps {
  config: GatewayConfig;
  world: World;
  watchkeeper: Watchkeeper;
  health: Health;
  batching: EmbeddingBatching | undefined;
}

/** Never throws: what went wrong is in the result and on its log. */
export async function attemptOnce(
  planned: AllowedAttempt,
  incoming: AttemptedCall,
  { config, world, watchkeeper, health, batching }: AttemptDeps,
): Promise<AttemptResult> {
  const { target } = planned;
  const startedMs = world.monotonicMs();
  const { credentials } = target.vendor;
  const credential = credentials.take(startedMs, planned.turn?.credential ?? planned.credential);
  const log = openLog(planned, elapsedMs(world, incoming.startedMs));
  if (credentials.size > 1) log.credential = credential.name;
  const cancellation = createCancellation();
  incoming.onStart?.(log, (reason) => {
    closeLog(log, reason, elapsedMs(world, startedMs));
    cancellation.cancel(reason);
  });
  const watch = watchkeeper.watch({
    target: target.id,
    limits: limitsFor(target, config),
    hangUp: incoming.hangUp,
    asked: { call: incoming, target },
    end: cancellation.cancel,
  });
  let trial: Trial | undefined;
  try {
    if (incoming.hangUp.aborted) throw gatewayErrors.caller_gone({});
    if (cancellation.isCancelled) throw cancellation.reason;
    const isStrict = incoming.isStrict || config.strict_translation;
    const exchange = createExchange(target, incoming.request, { isStrict, callId: incoming.callId });
    trial = exchange.known ? undefined : health.begin(target);
    const limits = { answerBytesMax: config.answer_bytes_max, connectTimeoutMs: config.connect_timeout };
    const onHeaders = planned.turn?.heard;
    const traceHeaders = target.vendor.sendsTraceparent ? traceFor(log, incoming) : undefined;
    const call = { target, credential, exchange, cancellation, onHeaders, traceHeaders, ...limits };
    const joined = batching?.join(call, { ...incoming, isStrict });
    const { answer, share }: SharedAnswer = joined ? await joined : { answer: await callVendor(call, world) };
    if (share) log.batched_with = share.others;
    log.status = answer.status;
    const first = answer.kind === "stream" ? await readToContent(answer.body) : NOTHING;
    log.first_byte_ms = elapsedMs(world, startedMs);
    watch.progress();
    if (trial && answer.kind === "stream") health.heard(trial, log.first_byte_ms);
    const { hold } = planned;
    return { ok: true, running: { answer, first, log, watch, trial, hold, dropped: exchange.dropped, share } };
  } catch (thrown) {
    watch.stop();
    const error = toAppError(cancellation.isCancelled ? cancellation.reason : thrown);
    cancellation.cancel(error);
    if (trial && error.code === "gateway.hedge_lost") health.noteWait(trial, elapsedMs(world, startedMs));
    if (trial) health.end(trial, verdictOf(error), error.retryAfterMs);
    // What is paced comes back when its vendor takes more, and other models of the credential go on.
    const restMs = planned.turn && error.code === "providers.vendor_rate_limited" ? 0 : restFor(error);
    if (restMs > 0) credentials.rest(credential, world.monotonicMs() + restMs);
    if (planned.hold) settleFailed(planned.hold, error);
    return { ok: false, error, log: closeLog(log, error, elapsedMs(world, startedMs)) };
  }
}

const NOTHING = new Uint8Array();

/** How long the credential is left alone after that; 0 where it is not the trouble. */
export function restFor(error: AppError): number {
  if (error.code === "providers.vendor_denied") return DENIED_REST_MS;
  if (error.code === "providers.vendor_rate_limited") return error.retryAfterMs || LIMITED_REST_MS;
  return 0;
}

const DENIED_REST_MS = 60_000;
/** Where the vendor does not say how long. */
const LIMITED_REST_MS = 5000;

function limitsFor({ vendor }: Target, config: GatewayConfig): WatchLimits {
  return {
    first_token_timeout: vendor.timeouts.firstByteMs ?? config.first_token_timeout,
    between_tokens_timeout: vendor.timeouts.idleMs ?? config.between_tokens_timeout,
    total_timeout: vendor.timeouts.totalMs ?? config.total_timeout,
  };
}

export function openLog({ target, reason }: PlannedAttempt, started_after_ms: number): Attempt {
  return {
    target: target.id,
    vendor: target.vendor.name,
    model: target.model,
    reason,
    started_after_ms,
    duration_ms: 0,
    first_byte_ms: null,
    status: null,
    outcome: "ok",
    error: null,
  };
}

const NOT_ITS_FAULT: ReadonlySet<string> = new Set(["gateway.caller_gone", "gateway.hedge_lost", "gateway.not_needed"]);

export function closeLog(log: Attempt, error: AppError, durationMs: number): Attempt {
  log.duration_ms = durationMs;
  log.outcome = NOT_ITS_FAULT.has(error.code) ? "cancelled" : "error";
  log.error = { code: error.code, message: error.message };
  log.status = typeof error.params["status"] === "number" ? error.params["status"] : null;
  return log;
}

async function readToContent(stream: VendorStream): Promise<Uint8Array> {
  const held: Uint8Array[] = [];
  while (!stream.meter.hasContent && !stream.meter.isComplete) {
    const bytes = await stream.next();
    if (bytes === null) break;
    held.push(bytes);
  }
  return held.length === 1 && held[0] ? held[0] : Buffer.concat(held);
}
