// A call that is given the answer of another one like it, while that comes: a record of its own, and nothing to pay.
import { type AppError, toAppError } from "../../../kernel/index.ts";
import type { DialectName } from "../../../providers/index.ts";
import { gatewayErrors } from "../../errors.ts";
import type { Settlement } from "../../settlement/settle.ts";
import { endBroken } from "../../streams/end-broken.ts";
import { type AnswerFigures, cachedFrom, type KeptBody } from "../kept-answer.ts";
import { withOwnId } from "../own-id.ts";
import type { Flight } from "./flight.ts";

export interface Follower {
  settlement: Settlement;
  dialect: DialectName;
  signal: AbortSignal;
  bytesMax: number;
  /** Why it is to be given nothing more, where it is. */
  stopped(): AppError | undefined;
}

export interface Followed {
  mediaType: string;
  status: number;
  target: string;
  dropped: AnswerFigures["dropped"];
  body: KeptBody | ReadableStream<Uint8Array>;
}

/** Waits for the answer to begin. Undefined when it came to nothing, or cannot be joined. Throws `gateway.caller_gone`. */
export async function follow(flight: Flight, follower: Follower): Promise<Followed | undefined> {
  if (!flight.join()) return undefined;
  const leave = once(flight.leave);
  try {
    await untilBegun(flight, follower.signal);
  } catch (error) {
    leave();
    throw error;
  }
  const off = follower.stopped();
  if (off) {
    leave();
    throw off;
  }
  const { head, landed } = flight;
  if (flight.hasFailed || (!head && !landed)) {
    leave();
    return undefined;
  }
  follower.settlement.onRelease(leave);
  if (landed?.body !== undefined) return takeWhole(landed.figures, landed.body, follower);
  // A stream is too long to be held whole, and its beginning is gone.
  if (landed || !head || flight.piece(0) === "gone") {
    leave();
    return undefined;
  }
  follower.settlement.cacheTold("joined");
  return { ...head, body: streamFrom(flight, head.mediaType, follower) };
}

/** An answer whose stream has begun is here, and so is one that has come whole. */
async function untilBegun(flight: Flight, signal: AbortSignal): Promise<void> {
  const gone = Promise.withResolvers<never>();
  const leave = () => gone.reject(gatewayErrors.caller_gone({}));
  if (signal.aborted) throw gatewayErrors.caller_gone({});
  signal.addEventListener("abort", leave, { once: true });
  try {
    while (flight.pieces() === 0 && !flight.landed && !flight.hasFailed)
      await Promise.race([flight.changed(), gone.promise]);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}

function takeWhole(figures: AnswerFigures, body: KeptBody, { settlement, dialect }: Follower): Followed {
  const { media_type, status, dropped, answer } = figures;
  const own = withOwnId(body, { dialect, from: figures.call_id, to: settlement.callId });
  settlement.succeedAgain({
    outcome: "joined",
    figures,
    cached: cachedFrom(figures, "call", 0),
    body: { media_type, content: own },
  });
  return { mediaType: media_type, status, target: answer.target, dropped, body: own };
}

function streamFrom(
  flight: Flight,
  mediaType: string,
  { settlement, dialect, bytesMax, stopped }: Follower,
): ReadableStream<Uint8Array> {
  const given: Uint8Array[] = [];
  let place = 0;
  let hasLeft = false;

  function breakOff(error: AppError): void {
    hasLeft = true;
    settlement.breakOffAgain(error, { media_type: mediaType, content: given });
  }

  /** The next piece, and whether it is the last; the call is settled before that is given out. */
  async function next(): Promise<{ piece: Uint8Array | undefined; isLast: boolean }> {
    while (flight.piece(place) === undefined && !flight.landed && !flight.hasFailed) await flight.changed();
    const off = stopped();
    if (off) throw off;
    const found = flight.piece(place);
    if (found === "gone") throw gatewayErrors.joined_too_slow({ max: bytesMax });
    if (found === undefined && flight.hasFailed) throw gatewayErrors.joined_call_failed({ callId: flight.callId });
    place += 1;
    const piece = found && withOwnId(found, { dialect, from: flight.callId, to: settlement.callId });
    if (piece) given.push(piece);
    const isLast = flight.landed !== undefined && place >= flight.pieces();
    if (isLast && !hasLeft && flight.landed)
      settlement.succeedAgain({
        outcome: "joined",
        figures: flight.landed.figures,
        cached: cachedFrom(flight.landed.figures, "call", 0),
        body: { media_type: mediaType, content: given },
      });
    return { piece, isLast };
  }

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    try {
      const { piece, isLast } = await next();
      if (hasLeft) return;
      if (piece) controller.enqueue(piece);
      if (isLast) controller.close();
    } catch (thrown) {
      if (hasLeft) return;
      const error = toAppError(thrown);
      breakOff(error);
      endBroken(controller, error, { mediaType, dialect });
    }
  }

  return new ReadableStream<Uint8Array>({ pull, cancel: () => breakOff(gatewayErrors.caller_gone({})) });
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}
