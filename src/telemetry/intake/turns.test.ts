import { expect, test } from "bun:test";
import { createTurns } from "./turns.ts";

test("turns come one at a time, in order, with a turn of the event loop between them", async () => {
  for (const isBusy of [true, false]) {
    const turns = createTurns(() => isBusy);
    const seen: string[] = [];
    const others = (async () => {
      for (let at = 0; at < 3; at += 1) {
        await new Promise<void>((resolve) => setImmediate(resolve));
        seen.push("other");
      }
    })();
    await Promise.all([
      ...["first", "second", "third"].map((name) => turns.next().then(() => seen.push(name))),
      others,
    ]);
    expect(seen.filter((name) => name !== "other")).toEqual(["first", "second", "third"]);
    expect(seen.slice(0, 3)).toContain("other");
  }
});

test("a turn is given again after there was nobody to take one", async () => {
  const turns = createTurns();
  await turns.next();
  await new Promise<void>((resolve) => setTimeout(resolve, 5));
  await turns.next();
});

test("the pause for calls begins when a slice ends, however long it took", async () => {
  const turns = createTurns(() => true);
  const gapsMs: number[] = [];
  let endedMs = Number.POSITIVE_INFINITY;
  await Promise.all(
    Array.from({ length: 5 }, async () => {
      await turns.next();
      const beganMs = performance.now();
      if (Number.isFinite(endedMs)) gapsMs.push(beganMs - endedMs);
      while (performance.now() < beganMs + 4);
      endedMs = performance.now();
    }),
  );
  expect(gapsMs).toHaveLength(4);
  // A timer may be a little early by another clock.
  expect(Math.min(...gapsMs)).toBeGreaterThan(0.5);
});
