import { expect, test } from "bun:test";
import { createUncompared } from "./uncompared.ts";

test("the oldest is known among millions, of which few are kept", () => {
  const uncompared = createUncompared();
  for (let atMs = 1000; atMs < 20_000_000; atMs += 20) uncompared.add(atMs);
  expect(uncompared.oldestFrom(0)).toBe(1000);
  const later = uncompared.oldestFrom(10_000_000) ?? 0;
  expect(later).toBeGreaterThanOrEqual(10_000_000);
  expect(later).toBeLessThan(10_020_000);
  expect(uncompared.oldestFrom(20_000_001)).toBeNull();
  uncompared.add(21_000_000);
  expect(uncompared.oldestFrom(20_000_001)).toBe(21_000_000);
});
