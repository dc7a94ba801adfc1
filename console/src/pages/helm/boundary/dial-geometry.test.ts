// The dial can be read: what is within its bound stands within the ring, and the needle points at the worst.
import { describe, expect, test } from "bun:test";
import type { SignalView } from "../../../../../src/observability/contract.ts";
import { boundRadius, centre, placeAt, radiusOf, worstOf } from "./dial-geometry.ts";

describe("the dial of the boundary", () => {
  test("stands a lag within its bound inside the ring, and one past it outside", () => {
    expect(radiusOf(0.99)).toBeLessThan(boundRadius);
    expect(radiusOf(1.01)).toBeGreaterThan(boundRadius);
  });

  test("keeps what is far too small or far too large on its face", () => {
    expect(radiusOf(0)).toBe(radiusOf(0.001));
    expect(radiusOf(1e9)).toBe(radiusOf(10));
  });

  test("has north at the top and goes round clockwise", () => {
    expect(placeAt(0, 100)).toEqual({ x: centre, y: centre - 100 });
    expect(placeAt(90, 100).x).toBeCloseTo(centre + 100);
  });

  test("points at the signal nearest to its bound, and nowhere while all are idle", () => {
    const signal = (lag_ms: number | null, bound_ms: number) => ({ lag_ms, bound_ms }) as SignalView;
    expect(worstOf([signal(10, 1000), signal(40, 50), signal(900, 5000)])).toBe(1);
    expect(worstOf([signal(null, 5)])).toBeNull();
  });
});
