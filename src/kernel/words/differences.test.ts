import { expect, test } from "bun:test";
import { describeDifferences } from "./differences.ts";

test("differences are told with their places: what came, went and changed", () => {
  const before = { strategy: "weighted", sticky_by: "user", targets: [{ target: "a/x", weight: 5 }, "b/x"] };
  const after = { strategy: "weighted", targets: [{ target: "a/x", weight: 10 }, "b/x", "c/x"], affinity: "none" };
  expect(describeDifferences(before, after)).toEqual([
    "- sticky_by: user",
    "~ targets.0.weight: 5 → 10",
    "+ targets.2: c/x",
    "+ affinity: none",
  ]);
});

test("trees that say the same have none, in whatever order they say it", () => {
  expect(describeDifferences({ a: 1, b: { c: [] } }, { b: { c: [] }, a: 1, d: undefined })).toEqual([]);
  expect(describeDifferences({ a: [] }, {})).toEqual(["- a: []"]);
  expect(describeDifferences(undefined, "x")).toEqual(["+ x"]);
});
