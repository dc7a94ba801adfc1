// The same seed repeats a drill: the moments of its kills, and its calls.
import { expect, test } from "bun:test";
import { planRounds } from "../crash/plan-rounds.ts";
import { type PlannedCall, planCalls } from "../load/planned-call.ts";
import { createDice } from "./dice.ts";

function firstCalls(seed: number, count: number): PlannedCall[] {
  const calls = planCalls(createDice(seed, "calls"), "x");
  return Array.from({ length: count }, () => calls.next().value);
}

test("the same seed gives the same kills and calls, another seed others", () => {
  expect(planRounds(7, 20)).toEqual(planRounds(7, 20));
  expect(planRounds(7, 20)).not.toEqual(planRounds(8, 20));
  expect(firstCalls(7, 50)).toEqual(firstCalls(7, 50));
  expect(firstCalls(7, 50)).not.toEqual(firstCalls(8, 50));
});

test("more rounds begin as fewer do", () => {
  expect(planRounds(7, 20).slice(0, 5)).toEqual(planRounds(7, 5));
});

test("kills fall between half a second and two and a half, over all of that time", () => {
  const rounds = planRounds(1, 1000);
  expect(Math.min(...rounds)).toBeGreaterThanOrEqual(500);
  expect(Math.max(...rounds)).toBeLessThanOrEqual(2500);
  expect(rounds.filter((ms) => ms < 1500).length / 1000).toBeCloseTo(0.5, 1);
});

test("half of the calls are streams, and each has a tag of its own", () => {
  const calls = firstCalls(1, 1000);
  expect(calls.filter(({ stream }) => stream).length / 1000).toBeCloseTo(0.5, 1);
  expect(new Set(calls.map(({ tag }) => tag)).size).toBe(1000);
});

test("numbers are spread evenly over [0, 1)", () => {
  const dice = createDice(3, "spread");
  const tenths = Array.from({ length: 10 }, () => 0);
  for (let draw = 0; draw < 10_000; draw += 1) {
    const tenth = Math.floor(dice.random() * 10);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  expect(tenths).toHaveLength(10);
  expect(Math.min(...tenths)).toBeGreaterThan(850);
});
