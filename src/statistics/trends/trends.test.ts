import { expect, test } from "bun:test";
import { expectNear } from "../near.fixture.ts";
import { kendall } from "./kendall.ts";
import { mannKendall } from "./mann-kendall.ts";
import { theilSen } from "./theil-sen.ts";

const RISING = [1, 1.1, 1.05, 1.2, 1.18, 1.3, 1.27, 1.35, 1.4, 1.38];
const PLACES = [...RISING.keys()];
const TIED = [2, 1, 3, 3, 4, 4, 6, 5, 5, 8];
const TIED_PLACES = [1, 2, 2, 3, 4, 5, 5, 5, 6, 7];

test("Kendall's tau comes to scipy's values, exact and with ties", () => {
  expectNear(kendall(PLACES, RISING).tau, 0.8222222222222221);
  expectNear(kendall(PLACES, RISING).p, 0.0003576940035273369);
  expectNear(kendall(TIED_PLACES, TIED).tau, 0.8193365776101957);
  expectNear(kendall(TIED_PLACES, TIED).p, 0.00171694698821905);
});

test("Theil and Sen's slope comes to scipy's values, with its interval", () => {
  const found = theilSen({ at: PLACES, values: RISING });
  expectNear(found?.slope ?? 0, 0.045);
  expectNear(found?.intercept ?? 0, 1.0325);
  expectNear(found?.low ?? 0, 0.03333333333333329);
  expectNear(found?.high ?? 0, 0.05666666666666672);
  const tied = theilSen({ at: TIED_PLACES, values: TIED });
  expectNear(tied?.slope ?? 0, 1);
  expectNear(tied?.intercept ?? 0, -0.5);
  expectNear(tied?.low ?? 0, 0.5);
  expectNear(tied?.high ?? 0, 4 / 3);
});

test("there is no slope where all are at one place", () => {
  expect(theilSen({ at: [1, 1], values: [1, 2] })).toBeUndefined();
});

test("Mann and Kendall's trend comes to what its definition gives, with ties too", () => {
  const rising = mannKendall(RISING);
  expect(rising.s).toBe(37);
  expectNear(rising.z, 3.219937887599697);
  expectNear(rising.p, 0.0012821837418053048);
  expectNear(mannKendall(TIED).z, 3.1687511114881484);
  expectNear(mannKendall(TIED).p, 0.0015309543450489815);
});

test("values that do not change have no trend", () => {
  expect(mannKendall([3, 3, 3, 3])).toEqual({ s: 0, z: 0, p: 1 });
});
