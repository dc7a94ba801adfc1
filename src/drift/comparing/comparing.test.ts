import { describe, expect, test } from "bun:test";
import { addTo, type Histogram } from "../summaries/histogram.ts";
import { emptySummary } from "../summaries/summary.ts";
import { lotOf } from "../drift.fixture.ts";
import { compareSummaries, newVersions } from "./compare.ts";
import { measureCentroids, measureMix, measureShares, measureWords } from "./counts.ts";
import { measureSizes } from "./sizes.ts";
import { judge, ownNoise, type Thresholds } from "./thresholds.ts";

function sizesOf(seed: number, { count = 2000, factor = 1 } = {}): Histogram {
  const lot = lotOf(seed);
  const histogram: Histogram = {};
  for (let place = 0; place < count; place += 1) addTo(histogram, factor * (10 + 500 * lot() ** 2));
  return histogram;
}

const byDetector = (measures: ReturnType<typeof measureSizes>) =>
  Object.fromEntries(measures.map(({ detector, ...rest }) => [detector, rest]));

describe("two histograms of sizes", () => {
  test("of the same traffic are not told apart", () => {
    for (const { p, effect } of measureSizes(sizesOf(1), sizesOf(2), 1)) {
      expect(p).toBeGreaterThan(0.001);
      expect(effect).toBeLessThan(0.1);
    }
  });
  test("are told apart where values are a third larger, by about a third", () => {
    const found = byDetector(measureSizes(sizesOf(1), sizesOf(2, { factor: 1.33 }), 1));
    expect(found["ks"]?.p).toBeLessThan(1e-6);
    expect(found["psi"]?.p).toBeLessThan(1e-6);
    expect(found["wasserstein"]?.effect).toBeCloseTo(0.33, 1);
  });
  test("say less where calls are alike", () => {
    const [one, other] = [sizesOf(1, { count: 200 }), sizesOf(2, { count: 200, factor: 1.33 })];
    const p = (alike: number): number => byDetector(measureSizes(one, other, alike))["ks"]?.p ?? 0;
    expect(p(4)).toBeGreaterThan(p(1));
  });
  test("of nothing say nothing, and of one value alone have no deciles", () => {
    expect(measureSizes({}, sizesOf(1), 1)).toEqual([]);
    expect(measureSizes({ b1: 5 }, { b1: 9 }, 1).map(({ detector }) => detector)).toEqual(["ks", "wasserstein"]);
  });
});

describe("counts", () => {
  test("of five in a hundred are told from one in a hundred", () => {
    const [found] = measureShares({ hits: 10, count: 1000 }, { hits: 50, count: 1000 }, 1);
    expect(found?.effect).toBeCloseTo(0.04, 9);
    expect(found?.p).toBeLessThan(1e-5);
  });
  test("of a new kind are told, and rare kinds are one", () => {
    const [found] = measureMix({ stop: 900, length: 100 }, { stop: 700, length: 100, content_filter: 200 }, 1);
    expect(found?.effect).toBeCloseTo(0.2, 9);
    expect(found?.p).toBeLessThan(1e-9);
    expect(measureMix({ stop: 900 }, { stop: 901 }, 1)).toEqual([]);
  });
  test("of words are told apart where others are used", () => {
    const [alike] = measureWords(
      { texts: 500, buckets: { w1: 400, w2: 100 } },
      { texts: 500, buckets: { w1: 395, w2: 105 } },
      1,
    );
    const [apart] = measureWords(
      { texts: 500, buckets: { w1: 400, w2: 100 } },
      { texts: 500, buckets: { w1: 100, w3: 400 } },
      1,
    );
    expect(alike?.p).toBeGreaterThan(0.05);
    expect(apart?.p).toBeLessThan(1e-9);
  });
  test("of meanings of two models are not compared", () => {
    const centroid = { texts: 100, sum: [60, 0, 10] };
    const other = { texts: 100, sum: [0, 60, 10], model: "a" };
    expect(measureCentroids({ ...centroid, model: "a" }, { ...other, model: "b" }, 1)).toEqual([]);
    expect(measureCentroids({ ...centroid, model: "a" }, other, 1)[0]?.p).toBeLessThan(1e-9);
    expect(measureCentroids({ ...centroid, model: "a" }, { ...centroid, model: "a" }, 1)[0]?.p).toBe(1);
  });
});

const THRESHOLDS: Thresholds = {
  p_max: 1e-4,
  effect_min: { ks: 0.1, psi: 0.1, wasserstein: 0.1, chi_square: 0.05, jensen_shannon: 0.1, centroid: 0.2 },
  share_effect_min: 0.02,
  own_noise_factor: 1.5,
};

describe("a difference is drift", () => {
  const seen = { figure: "output_tokens", detector: "ks", samples: 500, effect: 0.2, p: 1e-6 } as const;
  test("where it is large, and not chance", () => {
    expect(judge(seen, THRESHOLDS)).toMatchObject({ isDrift: true, threshold: 0.1 });
    expect(judge({ ...seen, p: 0.001 }, THRESHOLDS).isDrift).toBe(false);
    expect(judge({ ...seen, effect: 0.09 }, THRESHOLDS).isDrift).toBe(false);
  });
  test("only where the baseline's own days do not differ as much", () => {
    const noise = { "output_tokens/ks": 0.15 };
    expect(judge(seen, THRESHOLDS, noise)).toMatchObject({ isDrift: false, threshold: 0.15 * 1.5 });
  });
  test("of shares from a threshold of their own on", () => {
    expect(judge({ ...seen, figure: "refusals", detector: "chi_square", effect: 0.03 }, THRESHOLDS).isDrift).toBe(true);
  });
});

test("a baseline's own noise is what its parts differ by; one that is nearly all of it says nothing", () => {
  const [whole, part] = [emptySummary(), emptySummary()];
  whole.calls = 4000;
  whole.sizes.output_tokens = sizesOf(1, { count: 4000 });
  part.calls = 1000;
  part.sizes.output_tokens = sizesOf(2, { count: 1000, factor: 1.5 });
  expect(ownNoise(whole, [part], 100)["output_tokens/ks"]).toBeGreaterThan(0.1);
  expect(ownNoise(whole, [whole], 100)).toEqual({});
});

test("figures with few values are left out, and a version that was not there before is told", () => {
  const [before, now] = [emptySummary(), emptySummary()];
  before.sizes.output_tokens = sizesOf(1, { count: 50 });
  now.sizes.output_tokens = sizesOf(2, { count: 50 });
  expect(compareSummaries(before, now, { samplesMin: 100, alike: 1 })).toEqual([]);
  expect(compareSummaries(before, now, { samplesMin: 10, alike: 1 }).length).toBeGreaterThan(0);
  now.versions.answer_model = { "m-2": 1 };
  expect(newVersions(before, now)).toEqual([]);
  before.versions.answer_model = { "m-1": 1 };
  expect(newVersions(before, now)).toEqual([{ figure: "answer_model", names: ["m-2"] }]);
});
