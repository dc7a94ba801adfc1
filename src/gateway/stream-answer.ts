// The caller's side of a stream. Bytes go out as they come; the record is closed before the stream ends; and a stream
// that broke ends with the dialect's own error event, never with a clean close.
import { type AppError, toAppError } from "../kernel/index.ts";
import { dialectOf, type DialectName, isEventStream, type VendorStream } from "../providers/index.ts";
import type { RunningAttempt } from "./attempt.ts";
import type { GatewayConfig } from "./config.ts";
import { gatewayErrors } from "./errors.ts";
import type { Settlement } from "./settle.ts";

export function streamAnswer(
  running: RunningAttempt,
  { body: source, mediaType }: { body: VendorStream; mediaType: string },
  { settlement, config, dialect }: { settlement: Settlement; config: GatewayConfig; dialect: DialectName },
): ReadableStream<Uint8Array> {
  const kept = createKeeper(config.recorded_bytes_max);
  const answered = () => ({
    facts: source.meter.facts,
    body: { media_type: mediaType, content: kept.chunks },
  });
  let held: Uint8Array | undefined = running.first;

  function breakOff(error: AppError): void {
    running.watch.stop();
    source.cancel();
    settlement.breakOff(running, { ...answered(), error });
  }

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    try {
      const bytes = held ?? (await source.next());
      held = undefined;
      if (bytes !== null) kept.add(bytes);
      if (bytes !== null && !source.meter.isComplete) {
        running.watch.progress();
        controller.enqueue(bytes);
        return;
      }
      // These bytes end with `[DONE]`, and callers leave when they see it: the record is in the journal before them.
      running.watch.stop();
      settlement.succeed(running, answered());
      if (bytes !== null) controller.enqueue(bytes);
      controller.close();
    } catch (thrown) {
      const error = toAppError(thrown);
      breakOff(error);
      // In what is no events there is no word for it: then the connection breaks.
      if (!isEventStream(mediaType)) return controller.error(undefined);
      controller.enqueue(Buffer.from(dialectOf(dialect).caller.writeStreamError(error)));
      controller.close();
    }
  }

  return new ReadableStream<Uint8Array>({ pull, cancel: () => breakOff(gatewayErrors.caller_gone({})) });
}

/** Keeps what goes into the record, up to a bound. */
function createKeeper(bytesMax: number) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    chunks,
    add(bytes: Uint8Array): void {
      if (size >= bytesMax) return;
      size += bytes.length;
      chunks.push(bytes);
    },
  };
}
