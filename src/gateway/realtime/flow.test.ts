import { describe, expect, test } from "bun:test";
import { createFlow } from "./flow.ts";
import { fakeSocket } from "./realtime.fixture.ts";

function start() {
  let clockMs = 0;
  const near = fakeSocket();
  const far = fakeSocket();
  const stuck: string[] = [];
  const flow = createFlow(near, far, {
    bytesMax: 100,
    timeoutMs: 1000,
    world: { monotonicMs: () => clockMs },
    onStuck: () => stuck.push("stuck"),
  });
  /** Lets the flow look at this time. */
  const at = async (ms: number): Promise<void> => {
    clockMs = ms;
    await Bun.sleep(60);
  };
  return { near, far, flow, stuck, at };
}

describe("one direction of a relay", () => {
  test("reads on while the far end keeps up", () => {
    const { near, far, flow } = start();
    far.waitingBytes = 100;
    flow.send("frame");
    expect([near.isPaused, far.frames]).toEqual([false, ["frame"]]);
  });

  test("holds the near end back until the far end has taken half of what waits", async () => {
    const { near, far, flow, at } = start();
    far.waitingBytes = 101;
    flow.send("frame");
    expect(near.isPaused).toBe(true);
    far.waitingBytes = 51;
    await at(999);
    expect(near.isPaused).toBe(true);
    far.waitingBytes = 50;
    await at(1000);
    expect(near.isPaused).toBe(false);
  });

  test("gives up a far end that takes nothing, not one that takes little", async () => {
    const { far, flow, stuck, at } = start();
    far.waitingBytes = 500;
    flow.send("frame");
    await at(999);
    far.waitingBytes = 499;
    await at(1500);
    await at(2499);
    expect(stuck).toEqual([]);
    await at(2500);
    await at(9000);
    expect(stuck).toEqual(["stuck"]);
  });

  test("looks no more once it is stopped", async () => {
    const { far, flow, stuck, at } = start();
    far.waitingBytes = 500;
    flow.send("frame");
    flow.stop();
    await at(9000);
    expect(stuck).toEqual([]);
  });
});
