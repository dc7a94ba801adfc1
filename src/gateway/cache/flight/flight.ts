// One answer under way, and the calls that wait for it: they are given it as it comes. What is held of it is bounded.
import type { AnswerFigures, KeptBody } from "../kept-answer.ts";

/** What is known when an answer begins. */
export interface AnswerHead {
  status: number;
  mediaType: string;
  target: string;
  dropped: AnswerFigures["dropped"];
}

export interface Landed {
  figures: AnswerFigures;
  /** Undefined of a stream too long to be held whole. */
  body: KeptBody | undefined;
}

export interface Flight {
  readonly callId: string;
  /** Calls that wait for it, beside the one that it is made for. */
  readonly waiting: number;
  /** Undefined until the answer begins. */
  readonly head: AnswerHead | undefined;
  readonly landed: Landed | undefined;
  readonly hasFailed: boolean;
  /** False when as many wait as may, or the beginning is no longer held. */
  join(): boolean;
  leave(): void;
  /** At once when some have joined already. */
  whenJoined(callback: () => void): void;
  /** Settles at the next change. */
  changed(): Promise<void>;
  /** The piece at this place of a stream; undefined when it has not come yet, "gone" when it is no longer held. */
  piece(place: number): Uint8Array | "gone" | undefined;
  /** Pieces that have come. */
  pieces(): number;
  begin(head: AnswerHead): void;
  add(piece: Uint8Array): void;
  /** What has been added, in one; undefined when not all of it is held. */
  whole(): Uint8Array | undefined;
  land(landed: Landed): void;
  /** It came to nothing; or broke off, for those who have had some of it. */
  fail(): void;
}

export interface FlightOptions {
  callId: string;
  bytesMax: number;
  waitingMax: number;
}

export function createFlight({ callId, bytesMax, waitingMax }: FlightOptions): Flight {
  const held = createHeld(bytesMax);
  const { changed, ring } = createBell();
  let waiting = 0;
  let head: AnswerHead | undefined;
  let landed: Landed | undefined;
  let hasFailed = false;
  let onJoined: (() => void) | undefined;

  /** What a Map has forgotten is still in memory for a while, and what hangs on it. */
  function letGo(): void {
    if (waiting > 0 || !(landed || hasFailed)) return;
    held.letGo();
    landed = landed && { ...landed, body: undefined };
  }

  return {
    callId,
    get waiting() {
      return waiting;
    },
    get head() {
      return head;
    },
    get landed() {
      return landed;
    },
    get hasFailed() {
      return hasFailed;
    },
    pieces: held.count,
    join() {
      if (held.isCut() || waiting >= waitingMax) return false;
      waiting += 1;
      onJoined?.();
      onJoined = undefined;
      return true;
    },
    whenJoined(callback) {
      if (waiting > 0) callback();
      else onJoined = callback;
    },
    leave() {
      waiting -= 1;
      letGo();
    },
    changed,
    piece: held.at,
    begin(begun) {
      head = begun;
      ring();
    },
    add(piece) {
      held.add(piece);
      ring();
    },
    whole: held.whole,
    land(all) {
      landed = all;
      ring();
      letGo();
    },
    fail() {
      hasFailed = true;
      ring();
      letGo();
    },
  };
}

/** The latest pieces, up to a bound. */
function createHeld(bytesMax: number) {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  let dropped = 0;
  return {
    at: (place: number) => (place < dropped ? ("gone" as const) : pieces[place - dropped]),
    count: () => dropped + pieces.length,
    isCut: () => dropped > 0,
    whole: () => (dropped > 0 ? undefined : Buffer.concat(pieces)),
    add(piece: Uint8Array): void {
      pieces.push(piece);
      bytes += piece.length;
      while (bytes > bytesMax) {
        bytes -= pieces.shift()?.length ?? 0;
        dropped += 1;
      }
    },
    letGo(): void {
      dropped += pieces.length;
      pieces.length = 0;
    },
  };
}

/** Costs nothing while nobody listens. */
function createBell(): { changed(): Promise<void>; ring(): void } {
  let next: PromiseWithResolvers<void> | undefined;
  return {
    changed: () => (next ??= Promise.withResolvers<void>()).promise,
    ring() {
      next?.resolve();
      next = undefined;
    },
  };
}
