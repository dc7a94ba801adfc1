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
