// Whom a target is for: conditions, regions, classes of data. And what of several plans in one.
import { describe, expect, test } from "bun:test";
import { callerOf, chatOf, headersOf, idsOf, plannerFor } from "./routing.fixture.ts";

const hello = chatOf("hello");

/** The first target for a call under `when: …` on a/x, before b/x. */
function firstUnder(when: object, more: object = {}, nowMs?: number): string | undefined {
  const planner = plannerFor(
    { targets: [{ target: "a/x", when }, "b/x"] },
    nowMs === undefined ? {} : { nowMs: () => nowMs },
  );
  return idsOf(planner.plan("r", chatOf("hello", more)))[0];
}

describe("a condition", () => {
  test.each<[string, object, object, object]>([
    ["a team", { team: "legal" }, callerOf({ team: "legal" }), callerOf({ team: "sales" })],
    ["one of several users", { user: ["ada", "bob"] }, callerOf({ user: "bob" }), callerOf({ user: "eve" })],
    ["a key's name", { key: "k-name" }, callerOf({ key: "k" }), callerOf({ key: "l" })],
    ["a key's id", { key: "k" }, callerOf({ key: "k" }), callerOf({ key: "l" })],
    ["one of its tags", { tags: ["beta", "new"] }, callerOf({ tags: ["x", "new"] }), callerOf({ tags: ["x"] })],
    ["a header", { header: { "x-plan": ["gold"] } }, headersOf({ "x-plan": "gold" }), headersOf({ "x-plan": "tin" })],
    ["all that is said", { team: "t", user: "u" }, callerOf({ team: "t", user: "u" }), callerOf({ team: "t" })],
  ])("on %s", (_, when, holds, doesNot) => {
    expect(firstUnder(when, holds)).toBe("a/x");
    expect(firstUnder(when, doesNot)).toBe("b/x");
    expect(firstUnder(when)).toBe("b/x");
  });

  test.each([
    ["2026-11-20T09:00Z", { hours: "08:00-18:00" }, "a/x"],
    ["2026-11-20T18:00Z", { hours: "08:00-18:00" }, "b/x"],
    ["2026-11-20T23:59Z", { hours: "22:00-06:00" }, "a/x"],
    ["2026-11-20T05:59Z", { hours: "22:00-06:00" }, "a/x"],
    ["2026-11-20T12:00Z", { hours: "22:00-06:00" }, "b/x"],
    ["2026-11-20T12:00Z", { days: ["fri"] }, "a/x"],
    ["2026-11-21T12:00Z", { days: ["fri"] }, "b/x"],
    ["2026-07-20T16:30Z", { hours: "08:00-18:00", zone: "Europe/Berlin" }, "b/x"],
    ["2026-11-20T16:30Z", { hours: "08:00-18:00", zone: "Europe/Berlin" }, "a/x"],
    ["2026-11-20T23:30Z", { days: ["sat"], zone: "Europe/Berlin" }, "a/x"],
  ])("on the time, at %s with %j", (at, time, first) => {
    expect(firstUnder({ time }, {}, Date.parse(at))).toBe(first);
  });

  test("is named where it does not hold", () => {
    const plan = plannerFor({ targets: [{ target: "a/x", when: { team: "t" } }, "b/x"] }).plan("r", hello);
    expect(plan.considered.at(-1)).toEqual({
      target: "a/x",
      chosen: false,
      reason: "passed over: its condition does not hold: team",
    });
  });

  test("that leaves nobody is a refusal that says so", () => {
    const planner = plannerFor({ targets: [{ target: "a/x", when: { team: "t" } }] });
    expect(() => planner.plan("r", hello)).toThrow(
      'No target of the route "r" may serve this call: a/x its condition does not hold: team.',
    );
  });
});

describe("conditional", () => {
  const route = {
    strategy: "conditional",
    targets: [
      { when: { team: "legal" }, targets: ["eu/x", "eu/y"] },
      { when: { tags: "batch" }, target: "cheap/x" },
      "a/x",
    ],
  };
  const first = (more: object, made = {}) => idsOf(plannerFor(route, made).plan("r", chatOf("hello", more)));

  test("goes where the first condition holds, and nowhere else", () => {
    expect(first(callerOf({ team: "legal", tags: ["batch"] }))).toEqual(["eu/x", "eu/y", "eu/x"]);
    expect(first(callerOf({ tags: ["batch"] }))).toEqual(["cheap/x", "cheap/x", "cheap/x"]);
    expect(first({})).toEqual(["a/x", "a/x", "a/x"]);
  });

  test("does not go elsewhere because nobody there can serve", () => {
    expect(() => first(callerOf({ team: "legal" }), { lacks: { "eu/x": "no", "eu/y": "no" } })).toThrow("can serve");
    const gone = { strategy: "conditional", targets: [{ when: { team: "legal" }, target: "gone/x" }, "a/x"] };
    expect(() => plannerFor(gone).plan("r", chatOf("hello", callerOf({ team: "legal" })))).toThrow("gone/x");
  });
});

describe("residency", () => {
  const route = {
    targets: [
      "any/x",
      { target: "us/x", region: "us-east-1", data_classes: ["public"] },
      { region: "eu", data_classes: ["public", "personal"], targets: ["eu/x", { target: "swiss/x", region: "ch" }] },
    ],
  };
  const tried = (headers: Record<string, string>) => [
    ...new Set(idsOf(plannerFor(route, { attemptsMax: 8 }).plan("r", { ...hello, ...headersOf(headers) }))),
  ];

  test("a region that the caller names binds, also where others fail", () => {
    expect(tried({})).toEqual(["any/x", "us/x", "eu/x", "swiss/x"]);
    expect(tried({ "x-binnacle-region": "eu" })).toEqual(["eu/x"]);
    expect(tried({ "x-binnacle-region": "us" })).toEqual(["us/x"]);
    expect(() => tried({ "x-binnacle-region": "mars" })).toThrow("eu/x its region is eu");
  });

  test("a class of data goes only to whom the route says it may", () => {
    expect(tried({ "x-binnacle-data-class": "personal" })).toEqual(["eu/x", "swiss/x"]);
    expect(tried({ "x-binnacle-data-class": "public", "x-binnacle-region": "us" })).toEqual(["us/x"]);
    expect(() => tried({ "x-binnacle-data-class": "secret" })).toThrow("any/x the route does not say which classes");
  });
});

describe("several plans in one", () => {
  test("a canary over a fallback order over shared load", () => {
    const route = {
      strategy: "weighted",
      targets: [
        { weight: 0, target: "new/x" },
        { weight: 1, targets: [{ strategy: "round_robin", targets: ["a/x", "b/x"] }, "c/x"] },
      ],
    };
    const planner = plannerFor(route, { attemptsMax: 5 });
    expect(idsOf(planner.plan("r", hello))).toEqual(["a/x", "b/x", "c/x", "new/x", "a/x"]);
    const second = planner.plan("r", hello);
    expect(idsOf(second).slice(0, 4)).toEqual(["b/x", "a/x", "c/x", "new/x"]);
    expect(second.considered[0]?.reason).toBe(
      "drawn by lot with weight 1 of 1; in it, number 1 in its order; in it, its turn",
    );
  });

  test("a target that stands in several places has one turn", () => {
    const route = { targets: [{ strategy: "round_robin", targets: ["a/x", "b/x"] }, "b/x", "c/x"] };
    expect(idsOf(plannerFor(route, { attemptsMax: 4 }).plan("r", hello))).toEqual(["a/x", "b/x", "c/x", "a/x"]);
  });
});

describe("a target that rests", () => {
  test("comes last, whatever the strategy, and says why", () => {
    const states = { "a/x": { breaker: "open" as const }, "b/x": { hasReadyCredential: false } };
    const plan = plannerFor({ targets: ["a/x", "b/x", "c/x"] }, { states }).plan("r", hello);
    expect(plan.considered.map(({ target, reason }) => [target, reason])).toEqual([
      ["c/x", "number 1 in the route's order"],
      ["a/x", "it failed too often lately and is left alone, so it comes last; number 1 in the route's order"],
      ["b/x", "its credentials rest, so it comes last; number 2 in the route's order"],
    ]);
  });

  test("is tried where nothing else is left", () => {
    const states = { "a/x": { breaker: "open" as const } };
    expect(idsOf(plannerFor({ targets: ["a/x"] }, { states }).plan("r", hello))).toEqual(["a/x", "a/x", "a/x"]);
  });
});
