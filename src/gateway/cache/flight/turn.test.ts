import { describe, expect, test } from "bun:test";
import type { CallRecord } from "../../../ledger/index.ts";
import type { CallerRequest } from "../../../providers/index.ts";
import { keptAnswer } from "../kept-answer.fixture.ts";
import type { KeptBody } from "../kept-answer.ts";
import { createFlight } from "./flight.ts";
import { createTurn } from "./turn.ts";

const { figures } = keptAnswer();
/** As much of a record as a turn looks at. */
const closed = { id: "c", answer: figures.answer, cost: figures.cost, tokens: figures.tokens } as CallRecord;
const head = { status: 200, mediaType: "text/event-stream", target: "v/m", dropped: [] };
const request = { text: "{}" } as CallerRequest;

function startTurn() {
  const flight = createFlight({ callId: "c", bytesMax: 100, waitingMax: 10 });
  const leaving = new AbortController();
  const kept: KeptBody[] = [];
  const turn = createTurn({ request, flight, signal: leaving.signal, keep: (_, body) => void kept.push(body) });
  return { flight, leaving, kept, turn };
}

describe("a turn", () => {
  test("lands and is kept when its answer is complete and on record", () => {
    const { flight, kept, turn } = startTurn();
    flight.join();
    turn.begin(head);
    turn.add(Buffer.from("a"));
    turn.add(Buffer.from("b"));
    turn.complete();
    turn.close(closed);
    expect(Buffer.from(kept[0] as Uint8Array).toString()).toBe("ab");
    expect(flight.landed?.figures).toMatchObject({ call_id: "c", cost: figures.cost });
  });

  test("fails when its answer is not complete, or could not be put on record", () => {
    for (const isComplete of [true, false]) {
      const { flight, kept, turn } = startTurn();
      turn.begin(head);
      if (isComplete) turn.complete();
      turn.close(isComplete ? undefined : closed);
      expect([flight.hasFailed, kept.length]).toEqual([true, 0]);
    }
  });

  test("lands and is not kept when its answer broke off and went on elsewhere", () => {
    const { flight, kept, turn } = startTurn();
    turn.begin(head);
    turn.add(Buffer.from("a"));
    turn.complete();
    turn.close({ ...closed, continued: [{ at_characters: 1, from: "a/one", to: "b/two" }] });
    expect([flight.landed?.figures.call_id, kept.length]).toEqual(["c", 0]);
  });

  test("that is declined lets the others go at once, and nothing of it is kept", () => {
    const { flight, kept, turn } = startTurn();
    flight.join();
    turn.decline();
    expect(flight.hasFailed).toBe(true);
    turn.begin(head);
    turn.add(Buffer.from("a"));
    turn.completeWith("a");
    turn.close(closed);
    expect([flight.pieces(), flight.landed, kept.length]).toEqual([0, undefined, 0]);
  });

  test("is given up when its caller has left and nobody waits, and else carried on", () => {
    const { flight, leaving, turn } = startTurn();
    let carried = 0;
    turn.begin(head, () => (carried += 1));
    flight.join();
    leaving.abort();
    expect([turn.hangUp.aborted, carried, turn.leave()]).toEqual([false, 1, true]);
    flight.leave();
    expect([turn.hangUp.aborted, turn.leave()]).toEqual([true, false]);
  });
});
