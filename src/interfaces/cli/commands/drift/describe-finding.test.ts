import { describe, expect, test } from "bun:test";
import type { Finding } from "../../../../drift/contract.ts";
import { renderLine } from "../../terminal/style.ts";
import { describeFinding, nameProfile, summariseFinding } from "./describe-finding.ts";

const NOTHING: Finding["evidence"] = { measures: [], before: null, now: null, names: [], change: null, erosion: null };
const sizes = (p50: number, p95: number) => ({ samples: 900, p50, p95, share: null, counts: null });

function findingOf(change: Partial<Finding>): Finding {
  return {
    id: "019a3f2e-0000-7000-8000-000000000000",
    kind: "distribution",
    figure: "output_tokens",
    profile: { model: "fast", route: "fast", prompt: "greeting@v2" },
    state: "open",
    since_ms: 0,
    opened_at_ms: 0,
    updated_at_ms: 0,
    closed_at_ms: null,
    evidence: NOTHING,
    ...change,
  };
}

const textOf = (finding: Finding): string =>
  describeFinding(finding)
    .map((line) => renderLine(line, false))
    .join("\n");

test("a profile is named by model, route and prompt, as far as it has them", () => {
  expect(nameProfile({ model: "m", route: "direct", prompt: null })).toBe("m");
  expect(nameProfile({ model: "m", route: "fast", prompt: "p@1" })).toBe("m, route fast, prompt p@1");
  expect(nameProfile(null)).toBe("many");
});

describe("a finding is told", () => {
  test("by its figures, its detectors and what they had to come to", () => {
    const measure = { detector: "wasserstein", window_hours: 24, effect: 0.31, threshold: 0.1, p: 1e-8, drift: true };
    const evidence = { ...NOTHING, before: sizes(80, 300), now: sizes(120.4, 410), measures: [measure] };
    const text = textOf(findingOf({ evidence, state: "closed", closed_at_ms: 5 }));
    expect(text).toContain("output_tokens of fast, route fast, prompt greeting@v2  closed");
    expect(text).toContain("p50 80.0 → p50 120");
    expect(text).toContain("wasserstein over 24 h: 0.310, from 0.100 on, p 1.0e-8 drift");
  });
  test("of shares and mixes in per cent, of versions by name, of a change by its level", () => {
    const share = (value: number) => ({ samples: 100, p50: null, p95: null, share: value, counts: null });
    expect(summariseFinding(findingOf({ evidence: { ...NOTHING, before: share(0.01), now: share(0.05) } }))).toBe(
      "1.0 % → 5.0 %",
    );
    const mix = { samples: 4, p50: null, p95: null, share: null, counts: { stop: 3, length: 1 } };
    expect(summariseFinding(findingOf({ evidence: { ...NOTHING, now: mix } }))).toBe(
      "nothing → stop 75.0 % length 25.0 %",
    );
    expect(summariseFinding(findingOf({ evidence: { ...NOTHING, names: ["m-2"] } }))).toBe("new: m-2");
    const change = { detector: "cusum", hour_ms: 0, level: 3.21 };
    expect(summariseFinding(findingOf({ evidence: { ...NOTHING, change } }))).toBe("cusum, 3.2 deviations");
  });
  test("of erosion by the profiles that contribute", () => {
    const one = { model: "m", route: null, prompt: null, slope_low: 0, slope_high: 0, p: 0.001, q: 0.004 };
    const erosion = {
      direction: "more" as const,
      p: 1e-5,
      z: 4.2,
      profiles: 20,
      change: 0.06,
      cusum: 30,
      contributors: [{ ...one, slope: 0.003, change: 0.063, days: 21 }],
    };
    const text = textOf(findingOf({ kind: "erosion", profile: null, evidence: { ...NOTHING, erosion } }));
    expect(text).toContain("6.0 % in 20 profiles");
    expect(text).toContain("m: 0.3 % a day, 6.3 % in 21 days, q 4.0e-3");
  });
});
