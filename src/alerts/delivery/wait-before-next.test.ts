import { expect, test } from "bun:test";
import { waitBeforeNext } from "./wait-before-next.ts";

const config = { wait: 5000, wait_max: 900_000, give_up_after: 86_400_000 };
const least = { random: () => 0 };
const most = { random: () => 0.999_999_9 };

test("waits double, up to the longest, and half of each is left to chance", () => {
  const waits = (world: { random(): number }) =>
    [1, 2, 3, 9, 60].map((attempts) => waitBeforeNext({ attempts, ageMs: 0 }, config, world));
  expect(waits(least)).toEqual([2500, 5000, 10_000, 450_000, 450_000]);
  expect(waits(most)).toEqual([5000, 10_000, 20_000, 900_000, 900_000]);
});

test("a receiver that asks for a longer wait gets it, one that asks for a shorter one does not", () => {
  expect(waitBeforeNext({ attempts: 1, ageMs: 0, retryAfterMs: 60_000 }, config, least)).toBe(60_000);
  expect(waitBeforeNext({ attempts: 5, ageMs: 0, retryAfterMs: 1 }, config, least)).toBe(40_000);
});

test("what would come after the message is given up is no wait", () => {
  expect(waitBeforeNext({ attempts: 1, ageMs: 86_398_000 }, config, least)).toBeUndefined();
  expect(waitBeforeNext({ attempts: 1, ageMs: 0, retryAfterMs: 86_400_001 }, config, least)).toBeUndefined();
});
