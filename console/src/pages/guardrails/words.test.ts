import { expect, test } from "bun:test";
import { describeScope, describeSides, toneOf } from "./words.ts";

test("says whom a policy is for", () => {
  expect(describeScope({})).toBe("every call");
  expect(describeScope({ routes: ["a", "b"], data_classes: ["health"], teams: [] })).toBe(
    "routes a, b; data classes health",
  );
});

test("says where it looks", () => {
  expect(describeSides(["input", "output", "tool_arguments", "tool_result", "retrieved"])).toBe("everywhere");
  expect(describeSides(["input", "tool_result"])).toBe("input, results of tools");
});

test("knows no colour for an outcome that it does not know", () => {
  expect([toneOf("blocked"), toneOf("something")]).toEqual(["warn", "off"]);
});
