// What drift found, in words.
import { expect, test } from "bun:test";
import type { Evidence } from "../../../../src/drift/contract.ts";
import { sayChange, sayProfile, saySize, strongest } from "./say-drift.ts";

const nothing: Evidence = { measures: [], before: null, now: null, names: [], change: null, erosion: null };
const sizes = (p50: number) => ({ samples: 9, p50, p95: 2 * p50, share: null, counts: null });
const share = (value: number) => ({ samples: 9, p50: null, p95: null, share: value, counts: null });

test("a change is said by its middles, its shares, or its new names", () => {
  expect(sayChange("output_tokens", { ...nothing, before: sizes(26.93), now: sizes(64.8) })).toBe(
    "26.9 tokens → 64.8 tokens",
  );
  expect(sayChange("refusals", { ...nothing, before: share(0.01), now: share(0.05) })).toBe("1 % → 5 %");
  expect(sayChange("answer_model", { ...nothing, names: ["b-2", "b-3"] })).toBe("b-2, b-3");
  expect(sayChange("answer_words", nothing)).toBeNull();
});

test("each figure has its own unit", () => {
  expect(saySize("ms_per_token", 1.965)).toBe("1.97 ms");
  expect(saySize("first_token_ms", 1545)).toBe("1.54 s");
});

test("a profile is named by what tells it apart", () => {
  expect(sayProfile({ model: "fast", route: "fast", prompt: null })).toBe("fast");
  expect(sayProfile({ model: "fast", route: "chat", prompt: "greeting@v2" })).toBe(
    "fast, route chat, prompt greeting@v2",
  );
});

test("of several detectors that say drift, the one farthest beyond its bound stands for all", () => {
  const measure = { window_hours: 4, p: 0, drift: true, threshold: 0.1 };
  const found = strongest([
    { ...measure, detector: "wasserstein", effect: 0.2 },
    { ...measure, detector: "psi", effect: 0.9, drift: false },
    { ...measure, detector: "jensen_shannon", effect: 0.4 },
  ]);
  expect(found?.detector).toBe("jensen_shannon");
});
