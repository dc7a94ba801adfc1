// Plans become boxes and lines, with what the plan says of each place on the line that leads there.
import { expect, test } from "bun:test";
import { buildGraph } from "./build-graph.ts";
import { describeCondition } from "./describe-place.ts";
import { readPlan } from "./read-plan.ts";

function graphOf(plan: unknown) {
  const read = readPlan(plan);
  if (read === null) throw new Error("no plan");
  return buildGraph("ship", read);
}

test("a canary over a fallback order is a plan in a plan", () => {
  const { nodes, edges } = graphOf({
    strategy: "weighted",
    sticky_by: "user",
    targets: [
      { target: "a/new", weight: 5 },
      { weight: 95, targets: ["a/old", "b/old"] },
    ],
  });
  expect(nodes.map(({ id, kind, title }) => [id, kind, title])).toEqual([
    ["route", "route", "ship"],
    ["targets.0", "target", "a/new"],
    ["targets.1", "plan", "order"],
    ["targets.1.targets.0", "target", "a/old"],
    ["targets.1.targets.1", "target", "b/old"],
  ]);
  expect(nodes[0]?.notes).toEqual(["weighted", "the same for each user"]);
  expect(nodes[0]?.targets).toEqual(["a/new", "a/old", "b/old"]);
  expect(edges.map(({ words }) => words.join(", "))).toEqual(["weight 5 of 100", "weight 95 of 100", "first", "then"]);
});

test("conditions, tiers and examples are said in words", () => {
  const { edges } = graphOf({
    strategy: "conditional",
    targets: [
      { when: { team: ["legal"] }, target: "a/one" },
      { region: "eu", data_classes: ["personal"], target: "a/two" },
    ],
  });
  expect(edges.map(({ words }) => words)).toEqual([
    ["when team is legal"],
    ["everyone else", "region eu", "for personal data"],
  ]);
  const when = { header: { "x-plan": ["gold", "silver"] }, time: { hours: "22:00-06:00", zone: "Europe/Berlin" } };
  expect(describeCondition(when)).toBe("x-plan is gold or silver and it is 22:00-06:00 Europe/Berlin");
});

test("shadows and judges stand beside the plan and have no share in it", () => {
  const { nodes } = graphOf({ strategy: "ensemble", targets: ["a/x", "a/x"], decide: "judge", judge: "b/y" });
  expect(nodes.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
    "route ship",
    "target a/x",
    "target a/x",
    "aside b/y",
  ]);
});

test("what is no plan is not drawn", () => {
  expect(readPlan({ strategy: "order" })).toBeNull();
  expect(readPlan(null)).toBeNull();
});
