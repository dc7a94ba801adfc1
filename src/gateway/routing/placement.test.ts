// Targets that policies forbid: passed over on every kind of plan, and refused where none is left.
import { describe, expect, test } from "bun:test";
import type { Placement } from "../../governance/index.ts";
import { callerOf, chatOf, idsOf, type Made, plannerFor } from "./routing.fixture.ts";

const forbidding = (vendor: string): Made => ({
  governance: {
    placement: (): Placement => (candidate) =>
      candidate.vendor === vendor ? { policy: `not-${vendor}`, why: `${vendor} is not for us` } : undefined,
  },
});
const call = chatOf("hello", callerOf());
const plan = (route: object, vendor = "a", made: Made = {}) =>
  plannerFor(route, { attemptsMax: 2, ...made, ...forbidding(vendor) }).plan("r", call);

describe("a target that a policy forbids", () => {
  test.each([
    ["a list", { targets: ["a/x", "b/x"] }],
    ["a weighted route", { strategy: "weighted", targets: [{ target: "a/x", weight: 9 }, "b/x"] }],
    ["a route in a route", { targets: [{ strategy: "lowest_cost", targets: ["a/x"] }, "b/x"] }],
    ["a route that asks several", { strategy: "draft_then_final", targets: ["a/x", "b/x", "c/x"] }],
  ])("is passed over by %s, with the policy as its reason", (_, route) => {
    const { considered, attempts, compound } = plan(route);
    const asked = [...attempts, ...(compound?.members ?? [])].map(({ target }) => target.id);
    expect(asked).not.toContain("a/x");
    expect(considered.find(({ target }) => target === "a/x")?.reason).toBe(
      "passed over: is forbidden by the policy not-a: a is not for us",
    );
  });

  test("is no judge either", () => {
    const route = { strategy: "ensemble", decide: "judge", judge: "a/x", targets: ["b/x", "c/x"] };
    expect(plan(route).compound?.judge).toMatchObject({ name: "a/x", lack: expect.stringContaining("not-a") });
  });

  test("refuses the call where none is left, and where the caller names it", () => {
    for (const work of [
      () => plan({ targets: ["a/x"] }),
      () => plannerFor({ targets: ["b/x"] }, forbidding("a")).plan("a/x", call),
    ])
      expect(work).toThrow("Policies leave no target");
  });

  test("is one reason among others where others cannot serve the call", () => {
    expect(() => plan({ targets: ["a/x", "b/x"] }, "a", { lacks: { "b/x": "takes no pictures" } })).toThrow(
      "a/x is forbidden by the policy not-a: a is not for us; b/x takes no pictures",
    );
  });
});

test("nobody is asked where a plan is for nobody", () => {
  const planner = plannerFor({ targets: ["a/x"] }, { attemptsMax: 1, ...forbidding("a") });
  expect(idsOf(planner.foresee("r", {}))).toEqual(["a/x"]);
});
