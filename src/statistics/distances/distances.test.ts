import { describe, expect, test } from "bun:test";
import { expectNear } from "../near.fixture.ts";
import { alignCounts, sharesOf } from "../samples/shares.ts";
import { hellingerDistance } from "./hellinger.ts";
import { jensenShannonDistance } from "./jensen-shannon.ts";
import { populationStability, populationStabilityCritical } from "./population-stability.ts";
import { wassersteinDistance } from "./wasserstein.ts";

const P = [0.1, 0.2, 0.3, 0.4];
const Q = [0.2, 0.2, 0.2, 0.4];
const EVEN = Array.from({ length: 10 }, () => 0.1);
const percent = (shares: readonly number[]): number[] => shares.map((each) => each / 100);

describe("the population stability index", () => {
  test("comes to the reference values", () => {
    expectNear(populationStability(P, Q), 0.10986122886681095);
    expectNear(populationStability(EVEN, percent([8, 9, 11, 12, 7, 13, 10, 10, 9, 11])), 0.030693892323593014);
    expectNear(populationStability(EVEN, percent([4, 5, 6, 8, 10, 12, 13, 14, 14, 14])), 0.1664247263818198);
  });
  test("has the critical values that scipy's χ² gives for the sample's size", () => {
    const critical = (count: number, bins: number): number =>
      populationStabilityCritical({ expected: count, found: count, bins });
    expectNear(critical(100, 10), 0.33837955209240894);
    expectNear(critical(1000, 10), 0.0338379552092409);
    expectNear(critical(10_000, 10), 0.0033837955209240897);
    expectNear(critical(1000, 20), 0.06028705441129232);
  });
  test("is finite where a kind has gone or come", () => {
    expect(populationStability([1, 0], [0.5, 0.5])).toBeLessThan(10);
    expect(populationStability([0.5, 0.5], [1, 0])).toBeGreaterThan(1);
  });
});

test("Jensen and Shannon's distance comes to the reference values", () => {
  expectNear(jensenShannonDistance([1, 0], [0, 1]), 1);
  expectNear(jensenShannonDistance([1, 0], [0.5, 0.5], Math.E), 0.464501404022459);
  expectNear(jensenShannonDistance(P, Q, Math.E), 0.1163134997643957);
  expectNear(jensenShannonDistance(P, Q), 0.13970675101139313);
});

test("Hellinger's distance comes to the reference value", () => {
  expectNear(hellingerDistance(P, Q), 0.1167461754592958);
  expectNear(hellingerDistance([1, 0], [0, 1]), 1);
});

describe("Wasserstein's distance", () => {
  test("comes to the reference values", () => {
    expectNear(wassersteinDistance({ values: [0, 1, 3] }, { values: [5, 6, 8] }), 5);
    const one = [0.1, 0.4, 0.35, 0.8, 0.9, 1.2, 1.5, 0.05, 0.7, 0.6];
    const other = [0.5, 0.9, 1.1, 1.4, 2, 1.8, 0.95, 1.3, 1.7, 2.2];
    expectNear(wassersteinDistance({ values: one }, { values: other }), 0.725);
  });
  test("heeds weights, which need not add up to one", () => {
    expectNear(wassersteinDistance({ values: [0, 1], weights: [3, 1] }, { values: [0, 1], weights: [2, 2] }), 0.25);
    const one = { values: [3.4, 3.9, 7.5, 7.8], weights: [1.4, 0.9, 3.1, 7.2] };
    expectNear(wassersteinDistance(one, { values: [4.5, 1.4], weights: [3.2, 3.5] }), 4.078133143804785);
  });
});

test("counts become shares, with half a count for what was never seen where that is asked for", () => {
  expect(sharesOf([1, 3])).toEqual([0.25, 0.75]);
  expect(sharesOf([0, 3], 0.5)).toEqual([0.125, 0.875]);
});

test("counts by name are put in one order", () => {
  expect(alignCounts({ stop: 3, length: 1 }, { stop: 2, tool_calls: 5 })).toEqual({
    names: ["length", "stop", "tool_calls"],
    one: [1, 3, 0],
    other: [0, 2, 5],
  });
});
