// Who is asked by routes that ask several, and what they do with what is no chat.
import { describe, expect, test } from "bun:test";
import { untried } from "../../health/target-state.ts";
import type { Plan } from "../plan-shape.ts";
import { chatOf, headersOf, idsOf, type Made, plannerFor } from "../routing.fixture.ts";

const resting = { ...untried, breaker: "open" as const };
const ensemble = { strategy: "ensemble", targets: ["a/1", "b/1", "c/1"] };
const tiers = { strategy: "draft_then_final", targets: ["a/1", "b/1", "c/1"] };

const membersOf = ({ compound }: Plan): string[] => compound?.members.map(({ target }) => target.id) ?? [];
const plan = (route: object, made: Made = {}): Plan => plannerFor(route, made).plan("r", chatOf("Hello"));

describe("an ensemble", () => {
  test("asks all that can serve the call, as often as they are written", () => {
    expect(membersOf(plan(ensemble))).toEqual(["a/1", "b/1", "c/1"]);
    expect(membersOf(plan({ ...ensemble, targets: ["a/1", "a/1", "b/1"] }))).toEqual(["a/1", "a/1", "b/1"]);
    const told = plan(ensemble, { lacks: { "b/1": "knows no tools" } });
    expect(membersOf(told)).toEqual(["a/1", "c/1"]);
    expect(told.considered.at(-1)).toEqual({
      target: "b/1",
      chosen: false,
      reason: "passed over: knows no tools",
    });
  });

  test("leaves those alone that rest, as long as enough are left", () => {
    const one = plan(ensemble, { states: { "b/1": resting } });
    expect(membersOf(one)).toEqual(["a/1", "c/1"]);
    expect(one.considered.at(-1)?.reason).toBe("passed over: it failed too often lately and is left alone");
    expect(membersOf(plan({ ...ensemble, quorum: 3 }, { states: { "b/1": resting } }))).toHaveLength(3);
    const all = { "a/1": resting, "b/1": resting, "c/1": resting };
    expect(membersOf(plan(ensemble, { states: all }))).toEqual(["a/1", "b/1", "c/1"]);
  });

  test("may have more members than a call has tries", () => {
    const targets = ["a/1", "b/1", "c/1", "d/1", "e/1"];
    expect(membersOf(plan({ ...ensemble, targets }, { attemptsMax: 2 }))).toEqual(targets);
  });

  test("heeds conditions and where data may go", () => {
    const targets = [{ target: "a/1", region: "eu" }, { target: "b/1", when: { team: "x" } }, "c/1"];
    const planner = plannerFor({ ...ensemble, targets });
    expect(membersOf(planner.plan("r", chatOf("Hello")))).toEqual(["a/1", "c/1"]);
    expect(membersOf(planner.plan("r", chatOf("Hello", headersOf({ "x-binnacle-region": "eu" }))))).toEqual(["a/1"]);
  });
});

describe("tiers", () => {
  test("keep their order; a draft that rests is left out, the last one is not", () => {
    expect(membersOf(plan(tiers, { states: { "a/1": resting } }))).toEqual(["b/1", "c/1"]);
    expect(membersOf(plan(tiers, { states: { "c/1": resting } }))).toEqual(["a/1", "b/1", "c/1"]);
    const told = plan(tiers);
    expect(told.considered.map(({ chosen }) => chosen)).toEqual([true, false, false]);
    expect(told.route).toEqual({
      name: "r",
      strategy: "draft_then_final",
      reason: "the route r asks the next target where an answer is not accepted",
    });
  });
});

describe("a judge", () => {
  const judged = { ...ensemble, decide: "judge", judge: { target: "j/1", region: "eu" } };
  test("must have a vendor, and may have the caller's data", () => {
    const eu = headersOf({ "x-binnacle-region": "eu" });
    const targets = [
      { target: "a/1", region: "eu" },
      { target: "b/1", region: "eu" },
    ];
    const planned = (judge: unknown) =>
      plannerFor({ ...judged, targets, judge }).plan("r", chatOf("Hello", eu)).compound?.judge;
    expect(planned({ target: "j/1", region: "eu" })?.target?.id).toBe("j/1");
    expect(planned("j/1")).toEqual({ name: "j/1", lack: "the route does not say its region" });
    expect(planned("gone/1")).toMatchObject({ name: "gone/1" });
  });
});

test("what is no chat is tried in order, at no more than as many targets as any call", () => {
  const { request } = chatOf("Hello");
  if (!request) throw new Error("no request");
  const embeddings = { request: { ...request, operation: "embeddings" as const } };
  const told = plannerFor({ ...ensemble, targets: ["a/1", "b/1", "c/1", "d/1"] }).plan("r", embeddings);
  expect(told.compound).toBeUndefined();
  expect(idsOf(told)).toEqual(["a/1", "b/1", "c/1"]);
});
