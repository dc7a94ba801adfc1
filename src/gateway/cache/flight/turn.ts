// The turn of the call that a vendor is asked for, of all those that ask the same: its answer goes to whoever joined, and
// is kept. When its caller leaves while others wait, it goes on without.
import type { CallRecord } from "../../../ledger/index.ts";
import type { CallerRequest } from "../../../providers/index.ts";
import type { HangUp } from "../../watchkeeper.ts";
import type { AnswerFigures, KeptBody } from "../kept-answer.ts";
import type { AnswerHead, Flight } from "./flight.ts";

export interface Turn {
  /** What a vendor is asked. */
  readonly request: CallerRequest;
  readonly hangUp: HangUp;
  /** Its own caller has left. Says whether others wait for the answer; then it is carried on. */
  leave(): boolean;
  /** What is asked is not what the others ask: they are let go, and nothing is kept. */
  decline(): void;
  /** The answer begins; a stream is carried on without its own caller by `carryOn`, which may be called again. */
  begin(head: AnswerHead, carryOn?: () => void): void;
  /** A piece of a stream. */
  add(piece: Uint8Array): void;
  /** All pieces of a stream have come. Called before the record is closed. */
  complete(): void;
  /** The same of an answer in one piece; gives back what its caller is to get. */
  completeWith(body: KeptBody): KeptBody;
}

export interface TurnOptions {
  request: CallerRequest;
  flight: Flight;
  signal: AbortSignal;
  /** What is to be kept; not called for a stream that is too long. */
  keep(figures: AnswerFigures, body: KeptBody): void;
}

/** `close` is to be called when the call is settled, with the record where it was written. */
export function createTurn({
  request,
  flight,
  signal,
  keep,
}: TurnOptions): Turn & { close(closed?: CallRecord): void } {
  let given: KeptBody | undefined;
  let isComplete = false;
  let hasLeft = false;
  let isDeclined = false;
  let onLeft: (() => void) | undefined;

  function leave(): boolean {
    hasLeft = true;
    if (flight.waiting > 0) onLeft?.();
    return flight.waiting > 0;
  }

  return {
    request,
    hangUp: {
      get aborted() {
        return (hasLeft || signal.aborted) && flight.waiting === 0;
      },
    },
    leave,
    decline() {
      isDeclined = true;
      flight.fail();
    },
    begin(head, carryOn) {
      flight.begin(head);
      if (!carryOn) return;
      onLeft = carryOn;
      // A listener costs more than all the rest of it: most calls have nobody beside them.
      flight.whenJoined(() => {
        if (signal.aborted) leave();
        else signal.addEventListener("abort", leave, { once: true });
      });
    },
    add(piece) {
      if (!isDeclined) flight.add(piece);
    },
    complete: () => void (isComplete = true),
    completeWith(body) {
      isComplete = true;
      return (given = body);
    },
    close(closed) {
      const { head } = flight;
      if (isDeclined || !isComplete || !closed?.answer || !head) return flight.fail();
      const figures = figuresOf({ ...closed, answer: closed.answer }, head);
      const body = given ?? flight.whole();
      flight.land({ figures, body });
      // A text that two models wrote is good enough for those who wait, and not for those who come tomorrow.
      if (body !== undefined && !closed.continued) keep(figures, body);
    },
  };
}

function figuresOf(
  { id, answer, cost, tokens }: CallRecord & Pick<AnswerFigures, "answer">,
  { status, mediaType, dropped }: AnswerHead,
): AnswerFigures {
  const { input, output } = tokens;
  return { call_id: id, status, media_type: mediaType, answer, cost, tokens: { input, output }, dropped };
}
