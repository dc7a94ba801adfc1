import { describe, expect, test } from "bun:test";
import { expectNear } from "../near.fixture.ts";
import { chiSquareOfFit, chiSquareOfTable } from "./chi-square.ts";
import { finiteKolmogorovTail, kolmogorovQuantile, kolmogorovTail } from "./kolmogorov.ts";
import { kolmogorovSmirnov } from "./kolmogorov-smirnov.ts";
import { mannWhitney } from "./mann-whitney.ts";
import { normalFromTail, normalTail } from "./normal.ts";
import { welch } from "./welch.ts";

const ONE = [0.1, 0.4, 0.35, 0.8, 0.9, 1.2, 1.5, 0.05, 0.7, 0.6];
const OTHER = [0.5, 0.9, 1.1, 1.4, 2, 1.8, 0.95, 1.3, 1.7, 2.2];

describe("Kolmogorov and Smirnov's test of two samples", () => {
  test("is exact for small samples", () => {
    const { distance, p } = kolmogorovSmirnov(ONE, OTHER);
    expectNear(distance, 0.6);
    expectNear(p, 0.05244755244755244);
  });
  test("is exact for two hundred each, and for samples of two sizes", () => {
    const one = Array.from({ length: 200 }, (_, place) => (place + 1) / 201);
    const shifted = one.map((each) => each + 0.1);
    expectNear(kolmogorovSmirnov(one, shifted).distance, 0.105);
    expectNear(kolmogorovSmirnov(one, shifted).p, 0.220541217580421);
    expectNear(kolmogorovSmirnov(one, shifted, { exactProductMax: 0 }).p, 0.20524779022188294);
    const short = Array.from({ length: 60 }, (_, place) => ((place * 37) % 101) / 101);
    const long = Array.from({ length: 155 }, (_, place) => (((place * 53) % 211) / 211) ** 1.2);
    expectNear(kolmogorovSmirnov(short, long).p, 0.3261560323235103);
    expectNear(kolmogorovSmirnov(short, long, { exactProductMax: 0 }).p, 0.3338455449289336);
  });
  test("is scipy's approximation where samples are large", () => {
    expectNear(kolmogorovSmirnov(ONE, OTHER, { exactProductMax: 0 }).p, 0.03008);
  });
  test("finds nothing between a sample and itself", () => {
    expect(kolmogorovSmirnov(ONE, ONE)).toEqual({ distance: 0, p: 1 });
  });
});

describe("Kolmogorov's distribution", () => {
  test("has the reference values, and back", () => {
    const tails = [0.9639452436648751, 0.26999967167735456, 0.049485876755377876, 0.009846364888486529];
    for (const [place, x] of [0.5, 1, 1.36, 1.63].entries()) expectNear(kolmogorovTail(x), tails[place] ?? 0);
    const quantiles = [1.2238478702170825, 1.3580986393225505, 1.6276236115189502];
    for (const [place, share] of [0.9, 0.95, 0.99].entries())
      expectNear(kolmogorovQuantile(share), quantiles[place] ?? 0);
    expect(kolmogorovTail(0)).toBe(1);
  });
  test("has the reference values for a number of samples, however it is computed", () => {
    const references = [
      { distance: 0.6, count: 5, tail: 0.03008 },
      { distance: 0.1, count: 50, tail: 0.6623112704658186 },
      { distance: 0.2, count: 30, tail: 0.15796916101547398 },
      { distance: 0.3, count: 20, tail: 0.04306706665851623 },
      { distance: 0.9, count: 3, tail: 0.002 },
      { distance: 0.05, count: 1000, tail: 0.013012074781090332 },
    ];
    for (const { distance, count, tail } of references) expectNear(finiteKolmogorovTail(distance, count), tail);
  });
  test("is near the reference for many samples, where it is a series that ends", () => {
    expectNear(finiteKolmogorovTail(0.02, 1000), 0.8108971656895577, 1e-6);
    expectNear(finiteKolmogorovTail(0.03, 400), 0.8534115453673426, 1e-6);
    expectNear(finiteKolmogorovTail(0.01, 20_000), 0.03638603905248727, 1e-6);
    expectNear(finiteKolmogorovTail(0.008, 20_000), 0.15371596723031855, 1e-6);
  });
});

describe("χ²", () => {
  test("of tables comes to scipy's values, with Yates's correction and without", () => {
    const wide = chiSquareOfTable([
      [10, 10, 20],
      [20, 20, 20],
    ]);
    expectNear(wide.statistic, 2.7777777777777777);
    expectNear(wide.p, 0.24935220877729622);
    expect(wide.degrees).toBe(2);
    const square = [
      [20, 30],
      [30, 20],
    ];
    expectNear(chiSquareOfTable(square).statistic, 3.24);
    expectNear(chiSquareOfTable(square).p, 0.07186063822585143);
    expectNear(chiSquareOfTable(square, { yates: false }).statistic, 4);
    expectNear(chiSquareOfTable(square, { yates: false }).p, 0.04550026389635857);
  });
  test("of fit comes to scipy's values", () => {
    expectNear(chiSquareOfFit([16, 18, 16, 14, 12, 12]).statistic, 2);
    expectNear(chiSquareOfFit([16, 18, 16, 14, 12, 12]).p, 0.8491450360846096);
    const uneven = chiSquareOfFit([16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8]);
    expectNear(uneven.statistic, 3.5);
    expectNear(uneven.p, 0.6233876277495822);
  });
});

test("Welch's t comes to scipy's values", () => {
  const { t, p, degrees } = welch(ONE, OTHER);
  expectNear(t, -3.2282503751508425);
  expectNear(p, 0.004767643889243557);
  expectNear(degrees, 17.603499411576205);
});

describe("Mann and Whitney's test", () => {
  test("is exact for few values", () => {
    const { u, p } = mannWhitney([19, 22, 16, 29, 24], [20, 11, 17, 12]);
    expect(u).toBe(17);
    expectNear(p, 1 / 9);
    expectNear(mannWhitney([0.1, 0.4, 0.35, 0.8, 0.9], [0.5, 0.91, 1.1, 1.4, 2, 1.8]).p, 0.017316017316017316);
  });
  test("corrects for ties and continuity beyond", () => {
    const { u, p } = mannWhitney([1, 2, 2, 3, 5, 8, 9, 9, 10], [2, 4, 5, 6, 7, 9, 11, 12, 13, 14]);
    expect(u).toBe(26.5);
    expectNear(p, 0.14007015006573517);
  });
});

test("the normal tail is exact far out, and has a way back", () => {
  expectNear(normalTail(1.959963984540054), 0.025);
  expect(normalTail(10)).toBeGreaterThan(7e-24);
  expectNear(normalFromTail(normalTail(8)), 8);
  expect(Number.isFinite(normalFromTail(0))).toBe(true);
});
