// The caller's side of a stream. Bytes go out as they come; the record is closed before the stream ends; and a stream
// that broke ends with the dialect's own error event, never with a clean close.
import { type AppError, toAppError } from "../../kernel/index.ts";
import type { DialectName, VendorStream } from "../../providers/index.ts";
import type { GuardedStream } from "../../guardrails/index.ts";
import type { RunningAttempt } from "../attempt.ts";
import type { Turn } from "../cache/index.ts";
import type { Continuing } from "../continuation/continuing.ts";
import type { GatewayConfig } from "../config.ts";
import { gatewayErrors } from "../errors.ts";
import type { Settlement } from "../settlement/settle.ts";
import { type AnswerSource, createAnswerSource } from "./answer-source.ts";
import { endBroken } from "./end-broken.ts";
import { nextShown } from "./shown-bytes.ts";

interface Streaming {
  settlement: Settlement;
  config: GatewayConfig;
  dialect: DialectName;
  /** Where others may be given the same answer. */
  turn: Turn | undefined;
  /** Where it may be gone on with elsewhere when it breaks off. */
  continuing: Continuing | undefined;
  /** Where guardrails look at it on its way. */
  guarded: GuardedStream | undefined;
}

export function streamAnswer(
  first: RunningAttempt,
  { body, mediaType, status }: { body: VendorStream; mediaType: string; status: number },
  { settlement, config, dialect, turn, continuing, guarded }: Streaming,
): ReadableStream<Uint8Array> {
  const kept = createKeeper(config.recorded_bytes_max, turn);
  const source = createAnswerSource(first, { body, mediaType, continuing, said: kept.whole });
  const answered = () => ({ facts: source.meter.facts, body: { media_type: mediaType, content: kept.chunks } });
  let [isDone, hasLeft, isCancelled] = [false, false, false];
  let coming: Promise<Uint8Array | null> | undefined;

  /** The next bytes; the call is settled before the last of them, or null, is given out. */
  async function next(): Promise<Uint8Array | null> {
    const bytes = await nextShown(source, guarded);
    if (bytes !== null) kept.add(bytes);
    isDone = (bytes === null || source.meter.isComplete) && !guarded?.refusal;
    if (!isDone) {
      source.running.watch.progress();
      return bytes;
    }
    // These bytes end with `[DONE]`, and callers leave when they see it: the record is in the journal before them.
    source.running.watch.stop();
    turn?.complete();
    if (hasLeft) settlement.breakOff(source.running, { ...answered(), error: gatewayErrors.caller_gone({}) });
    else settlement.succeed(source.running, answered());
    return bytes;
  }

  function breakOff(error: AppError): void {
    source.cancel();
    settlement.breakOff(source.running, { ...answered(), error });
  }

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    try {
      coming = next();
      const bytes = await coming;
      if (hasLeft || isCancelled) return;
      if (bytes !== null) controller.enqueue(bytes);
      if (isDone) controller.close();
    } catch (thrown) {
      if (hasLeft || isCancelled) return;
      const error = toAppError(thrown);
      breakOff(error);
      endBroken(controller, error, { mediaType, dialect, answer: answerIn(source) });
    }
  }

  /** To the end of it for those who are given the same answer, when the caller has left. */
  async function carryOn(): Promise<void> {
    if (hasLeft || isDone) return;
    hasLeft = true;
    try {
      await coming;
      while (!isDone) await next();
    } catch (thrown) {
      breakOff(toAppError(thrown));
    }
  }

  turn?.begin({ status, mediaType, target: first.log.target, dropped: first.dropped }, () => void carryOn());
  async function cancel(): Promise<void> {
    if (turn?.leave()) return;
    isCancelled = true;
    await source.leave();
    breakOff(gatewayErrors.caller_gone({}));
  }

  return new ReadableStream<Uint8Array>({ pull, cancel });
}

function answerIn({ meter: { facts }, running }: AnswerSource) {
  return { id: facts.response_id ?? "", model: facts.model ?? running.log.model, created_s: 0 };
}

/** Keeps what goes into the record, up to a bound; those who are given the same answer get all of it. */
function createKeeper(bytesMax: number, turn: Turn | undefined) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let isCut = false;
  return {
    chunks,
    /** Undefined where it was more than is kept. */
    whole: () => (isCut ? undefined : Buffer.concat(chunks)),
    add(bytes: Uint8Array): void {
      turn?.add(bytes);
      if (size >= bytesMax) return void (isCut = true);
      size += bytes.length;
      chunks.push(bytes);
    },
  };
}
