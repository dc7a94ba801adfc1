// Which place comes first, by made similarities, through the planner.
import { describe, expect, test } from "bun:test";
import { chatOf, idsOf, plannerFor } from "../routing.fixture.ts";
import type { Likeness } from "./likeness.ts";

const route = {
  strategy: "semantic",
  targets: [
    { target: "law/x", examples: ["May I sue?"] },
    { target: "any/x" },
    { target: "code/x", examples: ["Why does it crash?"], least: 0.3 },
  ],
};
const known = (...[law, code]: [number, number]): Likeness => ({
  isKnown: true,
  byPlace: new Map([
    ["r.targets.0", law],
    ["r.targets.2", code],
  ]),
});

function planWith(likeness: Likeness | undefined, asked: object = route) {
  return plannerFor(asked).plan("r", { ...chatOf("hello"), ...(likeness && { likeness }) });
}

describe("semantic", () => {
  test.each<[string, Likeness, string[]]>([
    ["the nearest first, where near enough; then the next", known(0.9, 0.7), ["law/x", "code/x", "any/x"]],
    ["each by its own least", known(0.35, 0.32), ["code/x", "any/x", "law/x"]],
    ["what has no examples, where none is near", known(0.2, 0.1), ["any/x", "law/x", "code/x"]],
    ["what has no examples, where nothing is known", { isKnown: false, why: "w" }, ["any/x", "law/x", "code/x"]],
    [
      "a place whose examples have no vectors never before it",
      { isKnown: true, byPlace: new Map() },
      ["any/x", "law/x", "code/x"],
    ],
  ])("puts %s", (_, likeness, order) => {
    expect(idsOf(planWith(likeness))).toEqual(order);
  });

  test("says how near each is, and what was asked for", () => {
    const reasons = (likeness: Likeness) => planWith(likeness).considered.map(({ reason }) => reason);
    expect(reasons(known(0.61, 0.2))).toEqual([
      "similarity 0.61 to its examples, at least 0.4",
      "the nearest examples have similarity 0.61; it has no examples, and is for the rest",
      "similarity 0.2 to its examples, and not 0.3",
    ]);
    expect(reasons({ isKnown: false, why: "for the model is slow" })[0]).toBe(
      "similarity not known, for the model is slow; it has no examples, and is for the rest",
    );
    expect(planWith(known(0.61, 0.2)).attempts[0]?.reason).toBe("first: similarity 0.61 to its examples, at least 0.4");
  });

  test("without a place for the rest, the one written first is for it", () => {
    const targets = route.targets.filter(({ examples }) => examples);
    const strict = { strategy: "semantic", targets: targets.map((each) => ({ ...each, least: 0.5 })) };
    const likeness: Likeness = { isKnown: true, byPlace: new Map([["r.targets.1", 0.4]]) };
    expect(idsOf(planWith(likeness, strict)).slice(0, 2)).toEqual(["law/x", "code/x"]);
    expect(planWith(likeness, strict).considered[0]?.reason).toContain("none is near, and it is written first");
  });

  test("what is planned without a request goes to the rest", () => {
    expect(plannerFor(route).plan("r", {}).considered[0]).toMatchObject({ target: "any/x", chosen: true });
  });

  test("a plan stands in a place like any other, and a conversation stays where it was", () => {
    const nested = {
      strategy: "semantic",
      affinity: "session",
      targets: [{ targets: ["law/x", "law/y"], examples: ["May I sue?"] }, "any/x"],
    };
    const planner = plannerFor(nested);
    const turn = (similarity: number) => ({
      ...chatOf("hello"),
      likeness: { isKnown: true, byPlace: new Map([["r.targets.0", similarity]]) } as const,
    });
    const first = planner.plan("r", turn(0.8));
    expect(idsOf(first)).toEqual(["law/x", "law/y", "any/x"]);
    planner.answered(first, { target: "law/x", credential: "c" });
    expect(idsOf(planner.plan("r", turn(0.1)))[0]).toBe("law/x");
  });
});
