import { expect, test } from "bun:test";
import { countBySteps, filterFor } from "./read-findings.ts";

test("counts calls by steps, empty ones too", () => {
  const buckets = [
    { at_ms: 10, calls: 2 },
    { at_ms: 15, calls: 1 },
    { at_ms: 30, calls: 1 },
  ];
  expect(countBySteps(buckets, { sinceMs: 5, untilMs: 40 }, 10)).toEqual([
    [0, 0],
    [10, 3],
    [20, 0],
    [30, 1],
  ]);
});

test("asks for one word in quotes, or for anything that was found", () => {
  expect(filterFor(null)).toBe("guardrail:*");
  expect(filterFor('personal-data" OR x:*')).toBe('guardrail:"personal-data OR x:*"');
});
