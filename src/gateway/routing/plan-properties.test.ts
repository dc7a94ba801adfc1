// What holds of every plan, whatever the route, the call and the state of its targets.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { isAppError } from "../../kernel/index.ts";
import { type Route, routeSchema, strategies } from "./language/language.ts";
import { compileRoute, targetsOf } from "./language/compile-route.ts";
import { callerOf, chatOf, headersOf, idsOf, type Made, plannerFor } from "./routing.fixture.ts";

const targetName = fc.constantFrom("a/x", "b/x", "c/x", "d/x", "e/x", "gone/x");
const placeOptions = fc.record(
  {
    when: fc.constantFrom({ team: "t" }, { user: ["u"] }, { header: { "x-h": "1" } }),
    region: fc.constantFrom("eu", "us"),
    data_classes: fc.constant(["public"]),
    weight: fc.integer({ min: 0, max: 10 }),
    up_to: fc.double({ min: 0, max: 1, noNaN: true }),
  },
  { requiredKeys: [] },
);

const { plan } = fc.letrec<{ plan: object; place: unknown }>((tie) => ({
  plan: fc.record({
    strategy: fc.constantFrom(...strategies),
    targets: fc.array(tie("place"), { minLength: 1, maxLength: 4 }),
    affinity: fc.constantFrom("none", "session"),
  }),
  place: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    targetName,
    fc.tuple(targetName, placeOptions).map(([target, options]) => ({ target, ...options })),
    fc.tuple(tie("plan"), placeOptions).map(([nested, options]) => ({ ...nested, affinity: undefined, ...options })),
  ),
}));

/** Valid ones only. */
const route = plan
  .map((given) => routeSchema.safeParse(JSON.parse(JSON.stringify(given))))
  .filter(({ success }) => success)
  .map(({ data }): Route => data as Route);

const state = fc.record(
  {
    breaker: fc.constantFrom("closed" as const, "open" as const, "half_open" as const),
    inFlight: fc.nat(5),
    firstTokenMs: fc.option(fc.nat(5000)),
    failureShare: fc.double({ min: 0, max: 1, noNaN: true }),
    hasReadyCredential: fc.boolean(),
  },
  { requiredKeys: [] },
);
const made: fc.Arbitrary<Made> = fc.record({
  states: fc.dictionary(targetName, state),
  lacks: fc.dictionary(targetName, fc.constant("calls no tools")),
  prices: fc.dictionary(targetName, fc.tuple(fc.nat(20), fc.nat(20))),
  attemptsMax: fc.integer({ min: 1, max: 12 }),
});

const call = fc
  .tuple(fc.boolean(), fc.boolean(), fc.constantFrom({}, { "x-h": "1" }, { "x-binnacle-region": "eu" }))
  .map(([isUser, isTeam, headers]) => ({
    ...chatOf("hello", callerOf({ ...(isUser && { user: "u" }), ...(isTeam && { team: "t" }), session: "s" })),
    ...headersOf(headers),
  }));

test("each usable target has its turn before any is tried again, and none is unknown, passed over, or one too many", () => {
  let refused = 0;
  let planned = 0;
  fc.assert(
    fc.property(route, made, call, (given, about, asked) => {
      const known = targetsOf(compileRoute("r", given).plan);
      const planner = plannerFor(given, about);
      for (let round = 0; round < 2; round += 1) {
        let result;
        try {
          result = planner.plan("r", asked);
        } catch (error) {
          // A refusal is one of ours, with its reasons.
          expect(
            isAppError(error) && /^gateway\.(unknown_model|cannot_serve|no_target_allowed)$/.test(error.code),
          ).toBe(true);
          refused += 1;
          return;
        }
        planned += 1;
        const tried = idsOf(result);
        const isPassedOver = new Set(
          result.considered.filter(({ reason }) => reason.startsWith("passed over")).map(({ target }) => target),
        );
        const usable = result.considered.map(({ target }) => target).filter((id) => !isPassedOver.has(id));
        expect(tried).toHaveLength(about.attemptsMax ?? 0);
        // In turn, over and over: nobody again before all had their turn.
        expect(tried).toEqual(tried.map((_, index) => usable[index % usable.length] ?? ""));
        expect(new Set(usable).size).toBe(usable.length);
        expect(result.considered.map(({ target }) => target).toSorted()).toEqual(known.toSorted());
        expect(usable.every((id) => !id.startsWith("gone/") && about.lacks?.[id] === undefined)).toBe(true);
        expect(result.considered.filter(({ chosen }) => chosen).map(({ target }) => target)).toEqual(
          usable.slice(0, 1),
        );
        planner.answered(result, { target: usable.at(-1) ?? "" });
      }
    }),
    { seed: 11, numRuns: 600 },
  );
  expect(planned).toBeGreaterThan(200);
  expect(refused).toBeGreaterThan(50);
});

test("what rests comes after all that does not", () => {
  fc.assert(
    fc.property(route, made, (given, about) => {
      const planner = plannerFor(given, { ...about, lacks: {} });
      try {
        const { considered } = planner.plan("r", chatOf("hello", callerOf({ user: "u", team: "t" })));
        const tried = considered.filter(({ reason }) => !reason.startsWith("passed over")).map(({ target }) => target);
        const rests = (id: string): boolean =>
          about.states?.[id]?.breaker === "open" || about.states?.[id]?.hasReadyCredential === false;
        expect(tried.map(rests)).toEqual(tried.map(rests).toSorted());
      } catch (error) {
        if (!isAppError(error)) throw error;
      }
    }),
    { seed: 12, numRuns: 200 },
  );
});

test("the quick way for a route that lists targets comes to what the long way comes to", () => {
  const list = { targets: ["a/x", "b/x", "c/x", "b/x"] };
  // Said of a call, and of no consequence: then the long way is taken.
  const long = plannerFor({ targets: list.targets.map((target) => ({ target, region: "eu" })) }, { attemptsMax: 5 });
  expect(long.plan("r", chatOf("hello"))).toMatchObject({
    ...plannerFor(list, { attemptsMax: 5 }).plan("r", chatOf("hello")),
  });
});
