import { expect, test } from "bun:test";
import { createWorld } from "../kernel/index.ts";
import { createFollower } from "./follow.ts";
import { until } from "../../test/support/until.ts";

function startFollower(see: () => Promise<void>, intervalMs = 1) {
  const state = { isAway: false, warnings: 0 };
  const { log } = createWorld();
  const follower = createFollower(
    {
      intervalMs,
      isAvailable: () => !state.isAway,
      log: { ...log, warn: () => void (state.warnings += 1) },
      what: "a test",
    },
    see,
  );
  return { follower, state };
}

test("a follower has looked when it has started, goes on looking, and stops", async () => {
  let looks = 0;
  const { follower } = startFollower(async () => void (looks += 1));
  await follower.start();
  expect(looks).toBeGreaterThan(0);
  await until(() => looks > 3);
  await follower.close();
  const before = looks;
  await Bun.sleep(10);
  expect(looks).toBe(before);
});

test("a follower waits while the database is away, and tells of a failure once", async () => {
  let looks = 0;
  let isBroken = false;
  const { follower, state } = startFollower(async () => {
    looks += 1;
    if (isBroken) throw new Error("broken");
  });
  state.isAway = true;
  await follower.start();
  expect(looks).toBe(0);
  state.isAway = false;
  isBroken = true;
  await until(() => looks > 3);
  expect(state.warnings).toBe(1);
  isBroken = false;
  const before = looks;
  await until(() => looks > before + 1);
  isBroken = true;
  await until(() => state.warnings === 2);
  await follower.close();
});

test("a look that is asked for does not make do with one that has begun before", async () => {
  let written = 0;
  const seen: number[] = [];
  const { follower } = startFollower(async () => {
    const read = written;
    await Bun.sleep(5);
    seen.push(read);
  }, 100_000);
  const first = follower.start();
  written = 1;
  await follower.look();
  expect(seen.at(-1)).toBe(1);
  await first;
  await follower.close();
});
