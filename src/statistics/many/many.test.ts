import { expect, test } from "bun:test";
import { expectNear } from "../near.fixture.ts";
import { combineByFisher, combineByStouffer } from "./combine.ts";
import { estimatedAccuracy } from "./estimated-accuracy.ts";
import { adjustForDiscovery } from "./false-discovery.ts";
import { wilsonInterval } from "./wilson.ts";

const NOBODY_ALONE = [0.08, 0.1, 0.07, 0.12];

test("four that say nothing alone say much together, by Fisher and by Stouffer", () => {
  expectNear(combineByFisher(NOBODY_ALONE).statistic, 19.215674620870338);
  expectNear(combineByFisher(NOBODY_ALONE).p, 0.013747812582329464);
  expectNear(combineByStouffer(NOBODY_ALONE).z, 2.6687004730497472);
  expectNear(combineByStouffer(NOBODY_ALONE).p, 0.003807266091579173);
  expectNear(combineByStouffer(NOBODY_ALONE, [1, 2, 3, 4]).p, 0.008403580361349597);
});

test("a probability of nought is combined as a very small one", () => {
  expect(combineByFisher([0, 0.5]).p).toBe(0);
  expect(Number.isFinite(combineByStouffer([0, 0.5]).z)).toBe(true);
});

test("Benjamini and Hochberg's adjustment comes to scipy's values, in any order", () => {
  const ps = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216];
  const expected = [0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.74 / 7, 0.216, 0.216, 0.216];
  const adjusted = adjustForDiscovery(ps);
  for (const [place, each] of expected.entries()) expectNear(adjusted[place] ?? 0, each);
  expect(adjustForDiscovery(ps.toReversed())).toEqual(adjusted.toReversed());
  expect(adjustForDiscovery([])).toEqual([]);
});

test("Wilson's interval comes to scipy's values", () => {
  const { low, high } = wilsonInterval({ hits: 8, count: 10 });
  expectNear(low, 0.4901624715366418);
  expectNear(high, 0.9433178485456248);
});

test("the accuracy is estimated from a classifier's own probabilities", () => {
  expectNear(estimatedAccuracy([0.9, 0.8, 0.7, 0.6, 0.55, 0.3, 0.2]), 5.05 / 7);
});
