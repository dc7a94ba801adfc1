import { describe, expect, test } from "bun:test";
import { createRandom } from "../../../test/support/dice.ts";
import { createLagWindow } from "./lag-window.ts";

describe("a window of lags", () => {
  test("gives quantiles within 2.5 % of those of the sorted lags, over ten powers of ten", () => {
    const random = createRandom(7);
    const window = createLagWindow(60_000);
    const lags = Array.from({ length: 10_000 }, () => 10 ** (random() * 10 - 2.9));
    for (const lag of lags) window.note(lag, 1000);
    const sorted = lags.toSorted((one, other) => one - other);
    const { samples, p50_ms, p99_ms, max_ms } = window.read(1000);
    expect({ samples, max_ms }).toEqual({ samples: 10_000, max_ms: sorted.at(-1) ?? null });
    for (const [found, share] of [
      [p50_ms, 0.5],
      [p99_ms, 0.99],
    ] as const) {
      const exact = sorted[Math.ceil(share * lags.length) - 1] ?? 0;
      expect(Math.abs((found ?? 0) / exact - 1)).toBeLessThan(0.025);
    }
  });

  test("forgets what is older than it, a slice at a time, and has nothing to say when empty", () => {
    const window = createLagWindow(1000);
    window.note(500, 0);
    window.note(5, 900);
    expect(window.read(900)).toMatchObject({ samples: 2, max_ms: 500 });
    expect(window.read(1000)).toMatchObject({ samples: 1, max_ms: 5 });
    expect(window.read(5000)).toEqual({ samples: 0, p50_ms: null, p99_ms: null, max_ms: null });
  });

  test("takes what no lag should be: none, less than none, endless, not a number", () => {
    const window = createLagWindow(1000);
    for (const lag of [0, -5, Number.POSITIVE_INFINITY, Number.NaN]) window.note(lag, 0);
    expect(window.read(0)).toMatchObject({ samples: 4, p50_ms: 0 });
  });
});
