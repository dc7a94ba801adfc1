// The caller's side of a stream. Bytes go out as they come; the record is closed before the stream ends; and a stream
// that broke ends with the dialect's own error event, never with a clean close.
import { type AppError, toAppError } from "../../kernel/index.ts";
import type { DialectName, VendorStream } from "../../providers/index.ts";
import type { RunningAttempt } from "../attempt.ts";
import type { Turn } from "../cache/index.ts";
import type { GatewayConfig } from "../config.ts";
import { gatewayErrors } from "../errors.ts";
import type { Settlement } from "../settlement/settle.ts";
import { endBroken } from "./end-broken.ts";

interface Streaming {
  settlement: Settlement;
  config: GatewayConfig;
  dialect: DialectName;
  /** Where others may be given the same answer. */
  turn: Turn | undefined;
}

export function streamAnswer(
  running: RunningAttempt,
  { body: source, mediaType, status }: { body: VendorStream; mediaType: string; status: number },
  { settlement, config, dialect, turn }: Streaming,
): ReadableStream<Uint8Array> {
  const kept = createKeeper(config.recorded_bytes_max, turn);
  const answered = () => ({ facts: source.meter.facts, body: { media_type: mediaType, content: kept.chunks } });
  let held: Uint8Array | undefined = running.first;
  let isDone = false;
  let hasLeft = false;
  let coming: Promise<Uint8Array | null> | undefined;

  /** The next bytes; the call is settled before the last of them, or null, is given out. */
  async function next(): Promise<Uint8Array | null> {
    const bytes = held ?? (await source.next());
    held = undefined;
    if (bytes !== null) kept.add(bytes);
    isDone = bytes === null || source.meter.isComplete;
    if (!isDone) {
      running.watch.progress();
      return bytes;
    }
    // These bytes end with `[DONE]`, and callers leave when they see it: the record is in the journal before them.
    running.watch.stop();
    turn?.complete();
    if (hasLeft) settlement.breakOff(running, { ...answered(), error: gatewayErrors.caller_gone({}) });
    else settlement.succeed(running, answered());
    return bytes;
  }

  function breakOff(error: AppError): void {
    running.watch.stop();
    source.cancel();
    settlement.breakOff(running, { ...answered(), error });
  }

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    try {
      coming = next();
      const bytes = await coming;
      if (hasLeft) return;
      if (bytes !== null) controller.enqueue(bytes);
      if (isDone) controller.close();
    } catch (thrown) {
      if (hasLeft) return;
      const error = toAppError(thrown);
      breakOff(error);
      endBroken(controller, error, { mediaType, dialect });
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

  turn?.begin({ status, mediaType, target: running.log.target, dropped: running.dropped }, () => void carryOn());
  return new ReadableStream<Uint8Array>({
    pull,
    cancel: () => (turn?.leave() ? undefined : breakOff(gatewayErrors.caller_gone({}))),
  });
}

/** Keeps what goes into the record, up to a bound; those who are given the same answer get all of it. */
function createKeeper(bytesMax: number, turn: Turn | undefined) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    chunks,
    add(bytes: Uint8Array): void {
      turn?.add(bytes);
      if (size >= bytesMax) return;
      size += bytes.length;
      chunks.push(bytes);
    },
  };
}
