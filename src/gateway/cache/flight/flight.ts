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
  readonly pieces: number;
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
  const held: Uint8Array[] = [];
  let heldBytes = 0;
  let dropped = 0;
  let waiting = 0;
  let head: AnswerHead | undefined;
  let landed: Landed | undefined;
  let hasFailed = false;
  let onJoined: (() => void) | undefined;
  const { changed, ring } = createBell();

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
    get pieces() {
      return dropped + held.length;
    },
    join() {
      if (dropped > 0 || waiting >= waitingMax) return false;
      waiting += 1;
      onJoined?.();
      onJoined = undefined;
      return true;
    },
    whenJoined(callback) {
      if (waiting > 0) callback();
      else onJoined = callback;
    },
    leave: () => void (waiting -= 1),
    changed,
    piece: (place) => (place < dropped ? "gone" : held[place - dropped]),
    begin(begun) {
      head = begun;
      ring();
    },
    add(piece) {
      held.push(piece);
      heldBytes += piece.length;
      while (heldBytes > bytesMax) {
        heldBytes -= held.shift()?.length ?? 0;
        dropped += 1;
      }
      ring();
    },
    whole: () => (dropped > 0 ? undefined : Buffer.concat(held)),
    land(all) {
      landed = all;
      ring();
    },
    fail() {
      hasFailed = true;
      ring();
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
