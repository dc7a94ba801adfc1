import { expect, test } from "bun:test";
import { areaUnder, chooseThreshold, judgeAt, type JudgedPair, learnBound } from "./judge-pairs.ts";

const pair = (similarity: number, isSame: boolean, wording: JudgedPair["wording"] = "close"): JudgedPair => ({
  similarity,
  isSame,
  wording,
});
const pairs = [pair(0.99, true), pair(0.98, false, "apart"), pair(0.9, true), pair(0.85, false), pair(0.5, true)];

test("hits are judged with guards and without", () => {
  expect(judgeAt(pairs, 0.9, "none")).toEqual({ hits: 3, falseShare: 1 - 2 / 3, found: 2 / 3 });
  expect(judgeAt(pairs, 0.9, "close")).toEqual({ hits: 2, falseShare: 0, found: 2 / 3 });
  expect(judgeAt(pairs, 1, "close").falseShare).toBe(0);
});

test("the lowest threshold is chosen that bears no more errors", () => {
  expect(chooseThreshold(pairs, { thresholds: [0.8, 0.9, 0.98], guarding: "free", falseShareMax: 0.1 })).toBe(0.9);
  expect(chooseThreshold(pairs, { thresholds: [0.8], guarding: "close", falseShareMax: 0.1 })).toBeUndefined();
});

test("a bound is learnt before anything is given", () => {
  const same = Array.from({ length: 200 }, () => pair(0.99, true));
  const { hits } = learnBound(same, {
    bound: 0.05,
    floor: 0.9,
    guarding: "close",
    sampleShare: 0,
    orders: 2,
    random: () => 0.5,
  });
  // With 99 % confidence, one in twenty is surely more than what was never seen in 103.
  expect(hits).toBe(97);
});

test("the area under the curve is half for lots and one for what is told apart", () => {
  expect(areaUnder([pair(0.1, false), pair(0.9, true)])).toBe(1);
  expect(areaUnder([pair(0.1, true), pair(0.9, false)])).toBe(0);
});
