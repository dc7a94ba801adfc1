import { describe, expect, test } from "bun:test";
import { madeRecord } from "../drift.fixture.ts";
import { describeFigure, describeSummary } from "./describe.ts";
import { addCounts, addTo, type Histogram, quantileOfSteps, shiftBetween, stepsOf } from "./histogram.ts";
import { isRefusal } from "./refusals.ts";
import { addCall, emptySummary, mergeSummaries, OTHER_NAMES } from "./summary.ts";
import { countWords } from "./words.ts";

function histogramOf(values: readonly number[]): Histogram {
  const histogram: Histogram = {};
  for (const value of values) addTo(histogram, value);
  return histogram;
}

const VALUES = Array.from({ length: 1000 }, (_, place) => 10 + place);

describe("a histogram", () => {
  test("gives quantiles back within 2.5 %", () => {
    const steps = stepsOf(histogramOf(VALUES));
    for (const share of [0.1, 0.5, 0.95]) {
      const found = quantileOfSteps(steps, share) ?? 0;
      const exact = 10 + 1000 * share;
      expect(Math.abs(found / exact - 1)).toBeLessThan(0.03);
    }
  });
  test("counts noughts and what is less as one, and has no quantile when it is empty", () => {
    expect(histogramOf([0, -5])).toEqual({ "0": 2 });
    expect(quantileOfSteps(stepsOf(histogramOf([0, 0, 1])), 0.5)).toBe(0);
    expect(quantileOfSteps([], 0.5)).toBeNull();
  });
  test("tells by how much values have grown", () => {
    const grown = stepsOf(histogramOf(VALUES.map((value) => value * 1.2)));
    expect(shiftBetween(stepsOf(histogramOf(VALUES)), grown)).toBeCloseTo(0.2, 1);
  });
});

test("names that vendors choose are names, whatever they are", () => {
  const counts = {};
  addCounts(counts, { constructor: 2 });
  addCounts(counts, { constructor: 1 });
  expect(Object.entries(counts)).toEqual([["constructor", 3]]);
});

describe("a refusal", () => {
  test.each([
    ["I'm sorry, but I can't help with that."],
    ["I cannot assist with this request."],
    ["As an AI, I am unable to do so."],
    ["Es tut mir leid, das geht nicht."],
    ["Je ne peux pas vous aider."],
    ["Lo siento, eso no es posible."],
  ])("is %s", (response_preview) => {
    expect(isRefusal({ finish_reason: "stop", response_preview })).toBe(true);
  });
  test.each([["Here is how you can do it."], ["The policy of the company is clear."], [""], [null]])(
    "is not %s",
    (response_preview) => {
      expect(isRefusal({ finish_reason: "stop", response_preview })).toBe(false);
    },
  );
  test("is what the vendor says it is", () => {
    expect(isRefusal({ finish_reason: "content_filter", response_preview: null })).toBe(true);
  });
});

describe("a summary", () => {
  test("of a call that failed has no figures of its answer", () => {
    const summary = emptySummary();
    addCall(summary, madeRecord({ outcome: "failed" }, 0));
    expect(summary.shares.failures).toEqual({ hits: 1, count: 1 });
    expect(summary.shares.refusals.count).toBe(0);
    expect(summary.sizes.output_tokens).toEqual({});
    expect(summary.sizes.input_tokens).not.toEqual({});
  });
  test("of two halves is that of the whole", () => {
    const [one, other, whole] = [emptySummary(), emptySummary(), emptySummary()];
    for (let call = 0; call < 10; call += 1) {
      const record = madeRecord({ output_tokens: call * 7, finish_reason: call === 3 ? "tool_calls" : "stop" }, 0);
      addCall(call % 2 === 0 ? one : other, record);
      addCall(whole, record);
    }
    const { logs, ...joined } = mergeSummaries([one, other]);
    const { logs: wholeLogs, ...rest } = whole;
    expect(joined).toEqual(rest);
    expect(logs.output_tokens.sum).toBeCloseTo(wholeLogs.output_tokens.sum, 9);
  });
  test("counts no more than fifty names, and the rest as one", () => {
    const summary = emptySummary();
    for (let name = 0; name < 80; name += 1) addCall(summary, madeRecord({ answer_model: `m-${name}` }, 0));
    expect(Object.keys(summary.versions.answer_model)).toHaveLength(51);
    expect(summary.versions.answer_model[OTHER_NAMES]).toBe(30);
  });
  test("adds up meanings of one model, and keeps the later of two", () => {
    const [one, other] = [emptySummary(), emptySummary()];
    one.centroid = { texts: 1, model: "a", sum: [1, 0] };
    other.centroid = { texts: 2, model: "a", sum: [0, 2] };
    expect(mergeSummaries([one, other]).centroid).toEqual({ texts: 3, model: "a", sum: [1, 2] });
    other.centroid = { texts: 2, model: "b", sum: [0, 2] };
    expect(mergeSummaries([one, other]).centroid?.model).toBe("b");
  });
  test("is described in a few figures, without those that it does not have", () => {
    const summary = emptySummary();
    addCall(summary, madeRecord({}, 0));
    expect(describeFigure(summary, "finish_reasons")).toMatchObject({ samples: 1, counts: { stop: 1 } });
    expect(describeFigure(summary, "nothing of this name")).toBeNull();
    expect(Object.keys(describeSummary(summary))).not.toContain("fingerprint");
  });
});

test("a word counts once a text, in any case of letters", () => {
  const counts: Record<string, number> = {};
  countWords("Tide tide TIDE", counts);
  expect(Object.values(counts)).toEqual([1]);
});
