// For tests: a number to nine digits after the point.
import { expect } from "bun:test";

export function expectNear(found: number, reference: number, tolerance = 1e-9): void {
  expect(Math.abs(found - reference), `${found} is not ${reference}`).toBeLessThanOrEqual(tolerance);
}
