// Each strategy by what it does over thousands of plans, with seeded dice.
import { describe, expect, test } from "bun:test";
import { callerOf, chatOf, headersOf, idsOf, plannerFor, shareOfFirst } from "./routing.fixture.ts";

const N = 4000;
const hello = chatOf("hello");

describe("weighted", () => {
  const targets = [
    { target: "a/x", weight: 70 },
    { target: "b/x", weight: 25 },
    { target: "c/x", weight: 5 },
  ];

  test("shares calls out by weight, and failures of one among the others by theirs", () => {
    const planner = plannerFor({ strategy: "weighted", targets });
    const plans = Array.from({ length: N }, () => idsOf(planner.plan("r", hello)));
    const firstIs = (id: string) => plans.filter(([first]) => first === id);
    expect(firstIs("a/x").length / N).toBeCloseTo(0.7, 1);
    expect(firstIs("b/x").length / N).toBeCloseTo(0.25, 1);
    expect(firstIs("c/x").length / N).toBeWithin(0.035, 0.065);
    const next = firstIs("a/x").filter(([, second]) => second === "b/x").length / firstIs("a/x").length;
    expect(next).toBeWithin(0.78, 0.88);
  });

  test("tries a weight of 0 only after all others", () => {
    const planner = plannerFor({ strategy: "weighted", targets: [{ target: "a/x", weight: 0 }, "b/x"] });
    expect(shareOfFirst(N, () => planner.plan("r", hello))).toEqual({ "b/x": expect.closeTo(1) });
    expect(idsOf(planner.plan("r", hello))).toEqual(["b/x", "a/x", "b/x"]);
  });

  const asUser = (index: number) => chatOf("hello", callerOf({ user: `user-${index}` }));

  test("sticky by user gives each user the same place in every process, in the same shares", () => {
    const one = plannerFor({ strategy: "weighted", sticky_by: "user", targets });
    const other = plannerFor({ strategy: "weighted", sticky_by: "user", targets });
    for (let index = 0; index < 200; index += 1)
      expect(idsOf(other.plan("r", asUser(index)))).toEqual(idsOf(one.plan("r", asUser(index))));
    const shares = shareOfFirst(N, (index) => one.plan("r", asUser(index)));
    expect(shares["a/x"]).toBeWithin(0.67, 0.73);
    expect(shares["c/x"]).toBeWithin(0.035, 0.065);
    expect(one.plan("r", asUser(1)).attempts[0]?.reason).toMatch(/^first: drawn by user with weight \d+ of 100$/);
  });

  test("a canary that grows takes users over and moves none back", () => {
    const share = (weight: number) =>
      plannerFor({
        strategy: "weighted",
        sticky_by: "user",
        targets: [
          { target: "old/x", weight: 100 - weight },
          { target: "new/x", weight },
        ],
      });
    const [small, large] = [share(5), share(20)];
    let moved = 0;
    for (let index = 0; index < N; index += 1) {
      const before = idsOf(small.plan("r", asUser(index)))[0];
      const after = idsOf(large.plan("r", asUser(index)))[0];
      if (before === "new/x") expect(after).toBe("new/x");
      else if (after === "new/x") moved += 1;
    }
    expect(moved / N).toBeWithin(0.12, 0.18);
  });

  test("sticky by a header, and by lot for whom it does not say", () => {
    const planner = plannerFor({ strategy: "weighted", sticky_by: "header:x-cohort", targets });
    const inCohort = { ...hello, ...headersOf({ "x-cohort": "blue" }) };
    expect(Object.values(shareOfFirst(500, () => planner.plan("r", inCohort)))).toEqual([expect.closeTo(1)]);
    expect(Object.keys(shareOfFirst(500, () => planner.plan("r", hello)))).toHaveLength(3);
  });
});

describe("round_robin", () => {
  test("gives each target every third call, and to nobody the turn of one that rests", () => {
    const planner = plannerFor({ strategy: "round_robin", targets: ["a/x", "b/x", "c/x"] });
    const firsts = Array.from({ length: 6 }, () => idsOf(planner.plan("r", hello))[0]);
    expect(firsts).toEqual(["a/x", "b/x", "c/x", "a/x", "b/x", "c/x"]);
    const lame = plannerFor(
      { strategy: "round_robin", targets: ["a/x", "b/x", "c/x"] },
      { states: { "b/x": { breaker: "open" } } },
    );
    expect(shareOfFirst(N, () => lame.plan("r", hello))).toEqual({
      "a/x": expect.closeTo(0.5),
      "c/x": expect.closeTo(0.5),
    });
  });

  test("is not advanced by a look ahead", () => {
    const planner = plannerFor({ strategy: "round_robin", targets: ["a/x", "b/x"] });
    planner.foresee("r", hello);
    expect(idsOf(planner.plan("r", hello))[0]).toBe("a/x");
  });
});

describe("least_busy", () => {
  test("levels the calls under way, and is fair among equals", () => {
    const inFlight: Record<string, number> = { "a/x": 5, "b/x": 0, "c/x": 2 };
    const states = new Proxy({}, { get: (_, id: string) => ({ inFlight: inFlight[id] ?? 0 }) });
    const planner = plannerFor({ strategy: "least_busy", targets: ["a/x", "b/x", "c/x"] }, { states });
    expect(planner.plan("r", hello).considered[0]).toEqual({
      target: "b/x",
      chosen: true,
      reason: "0 attempts under way at it",
    });
    for (let call = 0; call < 23; call += 1) {
      const first = idsOf(planner.plan("r", hello))[0] ?? "";
      inFlight[first] = (inFlight[first] ?? 0) + 1;
    }
    expect(inFlight).toEqual({ "a/x": 10, "b/x": 10, "c/x": 10 });
    for (const share of Object.values(shareOfFirst(N, () => planner.plan("r", hello))))
      expect(share).toBeWithin(0.3, 0.37);
  });
});

describe("lowest_cost", () => {
  const route = { strategy: "lowest_cost", targets: ["dear/x", "cheap/x", "unpriced/x", "chatty/x"] };
  const prices: Record<string, [number, number]> = { "dear/x": [3, 15], "cheap/x": [0.5, 2], "chatty/x": [0.1, 10] };

  test("weighs what goes in against the answer that is expected, and puts what has no price last", () => {
    const planner = plannerFor(route, { prices, attemptsMax: 4 });
    expect(idsOf(planner.plan("r", hello))).toEqual(["cheap/x", "chatty/x", "dear/x", "unpriced/x"]);
    const long = chatOf("x".repeat(60_000), { body: { max_tokens: 10 } });
    expect(idsOf(planner.plan("r", long))).toEqual(["chatty/x", "cheap/x", "dear/x", "unpriced/x"]);
    expect(planner.plan("r", hello).considered.at(-1)?.reason).toBe("its price is not known");
    expect(planner.plan("r", hello).considered[0]?.reason).toMatch(/^expected to cost 0\.0010\d\d dollars$/);
  });

  test("counts the cache of the conversation: what is a little cheaper elsewhere stays", () => {
    const planner = plannerFor(
      { ...route, affinity: "session" },
      { prices: { "dear/x": [1, 2], "cheap/x": [0.9, 2], "chatty/x": [0.05, 1] } },
    );
    const turn = chatOf("x".repeat(40_000), callerOf({ session: "s" }));
    expect(idsOf(planner.plan("r", turn))[0]).toBe("chatty/x");
    const first = planner.plan("r", turn);
    planner.answered(first, { target: "dear/x" });
    expect(idsOf(planner.plan("r", turn))).toEqual(["chatty/x", "dear/x", "cheap/x"]);
  });
});

describe("lowest_latency", () => {
  const route = { strategy: "lowest_latency", targets: ["a/x", "b/x", "c/x"] };

  test("goes by the first token for short answers, and by the pace for long ones", () => {
    const states = {
      "a/x": { firstTokenMs: 200, perTokenMs: 20 },
      "b/x": { firstTokenMs: 900, perTokenMs: 5 },
      "c/x": { firstTokenMs: 5000, perTokenMs: 1 },
    };
    const planner = plannerFor(route, { states });
    expect(idsOf(planner.plan("r", chatOf("hi", { body: { max_tokens: 20 } })))).toEqual(["a/x", "b/x", "c/x"]);
    const long = planner.plan("r", hello);
    expect(idsOf(long)).toEqual(["b/x", "c/x", "a/x"]);
    expect(long.considered[0]?.reason).toBe("expected to take 3400 ms");
  });

  test("counts failures as time", () => {
    const states = {
      "a/x": { firstTokenMs: 100, failureShare: 0.9 },
      "b/x": { firstTokenMs: 300 },
      "c/x": { firstTokenMs: 400 },
    };
    expect(idsOf(plannerFor(route, { states }).plan("r", hello))).toEqual(["b/x", "c/x", "a/x"]);
  });

  test("lets one call at a time find out about a target of which nothing is known", () => {
    const known = { firstTokenMs: 100 };
    const idle = plannerFor(route, { states: { "a/x": known, "b/x": known } });
    expect(idsOf(idle.plan("r", hello))[0]).toBe("c/x");
    const tried = plannerFor(route, { states: { "a/x": known, "b/x": known, "c/x": { inFlight: 1 } } });
    const shares = shareOfFirst(N, () => tried.plan("r", hello));
    expect(shares["c/x"]).toBeUndefined();
    expect(shares["a/x"]).toBeWithin(0.45, 0.55);
  });
});

describe("complexity", () => {
  const route = {
    strategy: "complexity",
    targets: [{ target: "small/x", up_to: 0.3 }, { target: "middle/x", up_to: 0.6 }, "large/x"],
  };
  const hard = chatOf(
    "Prove that the algorithm must terminate, analyse its complexity step by step, and explain why it is optimal:\n" +
      "```\nfunction f(n) { return n <= 1 ? 1 : f(n - 1) * n; }\n```\n1. It should be exact.\n2. It must hold for all n, without induction.",
  );

  test("sends what is simple to the small model, with the abler ones behind it", () => {
    const plan = plannerFor(route).plan("r", chatOf("What is the capital of France?"));
    expect(idsOf(plan)).toEqual(["small/x", "middle/x", "large/x"]);
    expect(plan.attempts[0]?.reason).toMatch(/^first: complexity 0(\.\d+)?, and it is for up to 0\.3$/);
  });

  test("sends what is hard to the large one, and only then to less able ones", () => {
    expect(idsOf(plannerFor(route).plan("r", hard))).toEqual(["large/x", "middle/x", "small/x"]);
  });

  test("sends what it cannot judge to the large one", () => {
    expect(idsOf(plannerFor(route).plan("r", {}))[0]).toBe("large/x");
  });
});
