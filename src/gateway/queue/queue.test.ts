// Who gets a place, who waits for one, and who is sent away.
import { beforeEach, describe, expect, test } from "bun:test";
import type { AppError } from "../../kernel/index.ts";
import { createQueue, type Priority, type Queue } from "./queue.ts";

let clockMs = 0;
let queue: Queue;
/** In the order in which they were let in or sent away. */
let told: string[];
let leaves: (() => void)[];

beforeEach(() => {
  clockMs = 0;
  told = [];
  leaves = [];
  queue = createQueue({ calls_in_flight_max: 2, queue_max: 3, queue_timeout: 1000 }, { monotonicMs: () => clockMs });
});

function enter(name: string, priority: Priority = "normal", signal?: AbortSignal): void {
  // Those of an earlier test may be told later.
  const [toldNow, leavesNow] = [told, leaves];
  const letIn = (leave: () => void): void => {
    toldNow.push(name);
    leavesNow.push(leave);
  };
  const sendAway = ({ code }: AppError): void => void toldNow.push(`${name}: ${code}`);
  try {
    const place = queue.enter(priority, signal);
    if (place instanceof Promise) place.then(letIn, sendAway);
    else letIn(place);
  } catch (error) {
    sendAway(error as AppError);
  }
}
/** One of those inside leaves. */
async function leave(): Promise<void> {
  leaves.shift()?.();
  await Bun.sleep(0);
}

describe("places", () => {
  test("are taken at once while there are any", () => {
    enter("a");
    enter("b");
    expect(told).toEqual(["a", "b"]);
    expect(queue.load()).toEqual({ in_flight: 2, max: 2, waiting: 0 });
  });

  test("go to those who wait, the urgent first, each kind in order", async () => {
    enter("a");
    enter("b");
    enter("low", "low");
    enter("normal");
    enter("high", "high");
    expect(queue.load()).toEqual({ in_flight: 2, max: 2, waiting: 3 });
    for (let each = 0; each < 5; each += 1) await leave();
    expect(told).toEqual(["a", "b", "high", "normal", "low"]);
    expect(queue.load()).toEqual({ in_flight: 0, max: 2, waiting: 0 });
  });

  test("are not given to callers who have gone", async () => {
    const gone = new AbortController();
    enter("a");
    enter("b");
    enter("c", "normal", gone.signal);
    enter("d");
    gone.abort();
    await leave();
    expect(told).toEqual(["a", "b", "c: gateway.caller_gone", "d"]);
  });
});

describe("the queue", () => {
  test("when full, sends away the last of the least urgent, or the newcomer", async () => {
    for (const name of ["a", "b", "c", "d"]) enter(name);
    enter("low", "low");
    enter("second low", "low");
    enter("e", "normal");
    enter("f", "normal");
    enter("high", "high");
    await Bun.sleep(0);
    expect(told.slice(2)).toEqual([
      "second low: gateway.overloaded",
      "f: gateway.overloaded",
      "low: gateway.overloaded",
      "e: gateway.overloaded",
    ]);
  });

  test("lets nobody wait for longer than its time-out, and callers who hang up not at all", async () => {
    const gone = new AbortController();
    for (const name of ["a", "b", "c"]) enter(name);
    clockMs = 500;
    enter("d");
    enter("e", "normal", gone.signal);
    gone.abort();
    clockMs = 1000;
    await Bun.sleep(120);
    expect(told.slice(2)).toEqual(["c: gateway.queue_timeout", "e: gateway.caller_gone"]);
    await leave();
    expect(told.at(-1)).toBe("d");
  });

  test("can be left out", () => {
    queue = createQueue({ calls_in_flight_max: 1, queue_max: 0, queue_timeout: 1000 }, { monotonicMs: () => clockMs });
    enter("a");
    enter("b", "high");
    expect(told).toEqual(["a", "b: gateway.overloaded"]);
  });
});
