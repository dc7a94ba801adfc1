// What the server objects to stands at the line that it is about.
import { expect, test } from "bun:test";
import { placeObjections, readPlanText, writePlan } from "./plan-text.ts";

const plan = { strategy: "weighted", targets: [{ target: "a/x", weight: 5 }, "a/y"] };

test("a plan goes into text and back, in both ways of writing", () => {
  expect(readPlanText(writePlan(plan, "yaml"))).toEqual({ plan });
  expect(readPlanText(writePlan(plan, "json"))).toEqual({ plan });
  expect(writePlan(plan, "yaml")).toStartWith("strategy: weighted\ntargets:\n");
});

test("what is no plan says where it goes wrong", () => {
  const broken = readPlanText("strategy: order\ntargets: [a/x");
  expect("diagnostics" in broken && broken.diagnostics[0]?.line).toBe(2);
  expect(readPlanText("just words")).toEqual({
    diagnostics: [{ message: "A plan has `strategy` and `targets`, each on a line of its own." }],
  });
});

test("the server's objections stand at their lines, and what is missing at the line above it", () => {
  const message = 'The plan for the route "x" does not hold:\n  - targets.0.weight: goes up\n  - targets.7: not there';
  const text = writePlan(plan, "yaml");
  expect(placeObjections(message, text)).toEqual([
    { message: "targets.0.weight: goes up", line: 4, column: 13 },
    { message: "targets.7: not there", line: 3, column: 3 },
  ]);
  expect(placeObjections("Something else.", text)).toEqual([]);
});
