// The routing policy, as a pure function.
import { describe, expect, test } from "bun:test";
import { type AppError, createWorld } from "../kernel/index.ts";
import {
  type CallerRequest,
  createCredentialPool,
  noCredential,
  type Shortfall,
  type Target,
} from "../providers/index.ts";
import { gatewayConfigSchema } from "./config.ts";
import { untried } from "./health/target-state.ts";
import { createAffinity } from "./routing/affinity.ts";
import { anyTarget } from "./routing/routing.fixture.ts";
import { createPlanner } from "./routing/planner.ts";
import type { PlannedAttempt } from "./routing/plan-shape.ts";

// A plan looks at a target's id, its vendor's name and its credentials only.
const credentials = createCredentialPool([noCredential]);
const target = (id: string) =>
  ({ id, vendor: { name: id.split("/")[0], credentials }, model: id.split("/")[1] }) as Target;
const known = new Map(["a/one", "b/two", "c/three"].map((id) => [id, target(id)]));
known.set("one", known.get("a/one") as Target);

const request: CallerRequest = {
  operation: "chat",
  dialect: "openai-chat",
  text: "{}",
  model: "",
  stream: false,
  includeUsage: false,
};

const routes = {
  fast: { targets: ["a/one", "b/two"] },
  lame: { targets: ["x/gone", "b/two"] },
  dead: { targets: ["x/gone"] },
};

function plan(model: string, attemptsMax = 3, lacks: Record<string, Shortfall> = {}) {
  const providers = {
    resolve: (name: string) => known.get(name),
    vendor: () => undefined,
    modelNames: () => [...known.keys()],
    shortfall: ({ id }: Target) => lacks[id],
    price: () => ({ usd_micros: null, price_version: null }),
  };
  const config = gatewayConfigSchema.parse({ routes, attempts_max: attemptsMax });
  const world = createWorld();
  const affinity = createAffinity(config.routing, world);
  const planner = createPlanner(config, { providers, governance: anyTarget, world, affinity, stateOf: () => untried });
  return planner.plan(model, { request });
}

const supposed = { why: "takes no pictures", isCertain: false };
const certain = { why: "calls no tools", isCertain: true };

const targets = (attempts: PlannedAttempt[]): string[] => attempts.map((attempt) => attempt.target.id);

describe("the plan", () => {
  test("tries a named model again and again", () => {
    expect(targets(plan("a/one").attempts)).toEqual(["a/one", "a/one", "a/one"]);
    expect(plan("one").route.reason).toBe("a is the first vendor that offers one");
  });

  test("gives each target of a route its turn before any is tried again", () => {
    const planned = plan("fast");
    expect(targets(planned.attempts)).toEqual(["a/one", "b/two", "a/one"]);
    expect(planned.attempts.map(({ reason }) => reason)).toEqual([
      "first in order",
      "next in order, after the one before failed",
      "tried again, after all in order failed",
    ]);
    expect(planned.considered.map(({ chosen }) => chosen)).toEqual([true, false]);
  });

  test("passes over targets without a vendor, and says why", () => {
    const planned = plan("lame");
    expect(targets(planned.attempts)).toEqual(["b/two", "b/two", "b/two"]);
    expect(planned.considered).toEqual([
      { target: "b/two", chosen: true, reason: "number 1 in the route's order" },
      { target: "x/gone", chosen: false, reason: "passed over: its vendor is not configured" },
    ]);
  });

  test("passes over targets that cannot serve the request, where another can", () => {
    const planned = plan("fast", 3, { "a/one": supposed });
    expect(targets(planned.attempts)).toEqual(["b/two", "b/two", "b/two"]);
    expect(planned.considered).toEqual([
      { target: "b/two", chosen: true, reason: "number 1 in the route's order" },
      { target: "a/one", chosen: false, reason: "passed over: takes no pictures" },
    ]);
  });

  test("tries those of which it is not certain, where none is known to be able", () => {
    expect(targets(plan("fast", 2, { "a/one": certain, "b/two": supposed }).attempts)).toEqual(["b/two", "b/two"]);
    const direct = plan("a/one", 1, { "a/one": supposed });
    expect(direct.considered[0]?.reason).toBe(
      "the caller named vendor and model; as far as is known it takes no pictures",
    );
  });

  test("is refused where it is certain that none can serve it", () => {
    const all = { "a/one": certain, "b/two": certain };
    expect(() => plan("fast", 3, all)).toThrow(
      'No target of "fast" can serve this request: a/one calls no tools; b/two',
    );
    expect(() => plan("a/one", 3, all)).toThrow("a/one calls no tools");
  });

  test("never plans more attempts than allowed", () => {
    expect(targets(plan("fast", 1).attempts)).toEqual(["a/one"]);
  });

  test("an unknown model is refused with the nearest names", () => {
    expect(() => plan("a/onee")).toThrow('no route or model "a/onee"');
    try {
      plan("fats");
    } catch (error) {
      expect((error as AppError).fix).toContain("fast");
      expect((error as AppError).status).toBe(404);
    }
    expect(() => plan("dead")).toThrow('no route or model "dead"');
    expect(() => plan("constructor")).toThrow("no route or model");
  });
});
