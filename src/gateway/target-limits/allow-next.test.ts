// Which attempt may go, what was held for it, and what becomes of that when it may not.
import { beforeEach, describe, expect, test } from "bun:test";
import { type Actual, type Hold, governanceErrors, type Principal } from "../../governance/index.ts";
import { createWorld } from "../../kernel/index.ts";
import { type CallerRequest, createCredentialPool, noCredential, type Target } from "../../providers/index.ts";
import { gatewayErrors } from "../errors.ts";
import type { Plan } from "../routing/plan-shape.ts";
import { allowAtOnce, type AllowDeps, allowNext } from "./allow-next.ts";
import { plainKey } from "../../governance/index.ts";

const credentials = createCredentialPool([noCredential]);
// What is allowed depends on a target's id, its vendor's name and its credentials only.
const target = (id: string) => ({ id, model: "m", vendor: { name: id.split("/")[0], credentials } }) as Target;
const planOf = (...ids: string[]): Plan => ({
  route: { name: "chat", strategy: "order", reason: "" },
  considered: [],
  attempts: ids.map((id) => ({ target: target(id), reason: "as planned" })),
});

/** By target: milliseconds until there is room under its limits, and until its turn. */
let shortFor: Record<string, number>;
let turnIn: Record<string, number>;
let settled: Record<string, Actual>;
let passed: { why: [string, string][]; instead: string | undefined }[];
beforeEach(() => {
  [shortFor, turnIn, settled, passed] = [{}, {}, {}, []];
});

function holdOf(id: string): Hold {
  const settle = (actual: Actual): void => void (settled[id] = actual);
  return { usd_micros: 0, tokens: 0, warnings: [], quotas: [], settle };
}

const deps: AllowDeps = {
  governance: {
    limitsTargets: () => true,
    holdTarget({ target: { id } = { id: "" } }) {
      const retryAfterMs = shortFor[id];
      if (retryAfterMs === undefined) return holdOf(id);
      throw governanceErrors.limit_reached({ whose: `model ${id}`, limit: "1 requests", retryAfterMs });
    },
  },
  pacing: {
    isOn: true,
    waitFor: ({ target: { id } }) => turnIn[id] ?? 0,
    async turn({ target: { id } }, signal) {
      if (signal.aborted) throw gatewayErrors.caller_gone({});
      const retryAfterMs = turnIn[id] ?? 0;
      if (retryAfterMs > 10_000) throw gatewayErrors.vendor_limit_near({ target: id, retryAfterMs });
      return { credential: "none", heard: () => undefined };
    },
  },
  providers: { worstCase: () => ({ usd_micros: 0, tokens: 0 }) },
  health: { admits: () => true },
  world: createWorld(),
};

const principal: Principal = {
  ...plainKey(["call"]),
  keyId: "k",
  keyName: "k",
  scopes: ["call"],
  user: null,
  team: null,
  project: null,
};
const request: CallerRequest = {
  operation: "chat",
  dialect: "openai-chat",
  text: "{}",
  model: "chat",
  stream: false,
  includeUsage: false,
};
const allowing = (signal = new AbortController().signal) => ({
  incoming: { principal, request, signal },
  settlement: {
    passedOver: (why: ReadonlyMap<string, string>, instead: string | undefined) =>
      void passed.push({ why: [...why], instead }),
    waited: <T>(turn: Promise<T>) => turn,
  },
});
const allow = (plan: Plan, signal?: AbortSignal) =>
  allowNext(deps, { plan, place: 0, failed: undefined }, allowing(signal));

describe("the next attempt", () => {
  test("is the first in order, with what was held for it, where all have room", async () => {
    const { plan, place } = await allow(planOf("a/m", "b/m"));
    expect(place).toBe(0);
    expect(plan.attempts[0]).toMatchObject({ reason: "as planned", hold: {}, turn: { credential: "none" } });
    expect(passed).toEqual([]);
  });

  test("is at the first target with room under its limits and at its vendor, and says why the others are passed over", async () => {
    shortFor = { "a/m": 500 };
    turnIn = { "b/m": 900 };
    const { plan, place } = await allow(planOf("a/m", "b/m", "c/m"));
    expect(place).toBe(2);
    expect(plan.attempts[2]?.reason).toBe("the first that has room in its limits");
    expect(passed).toEqual([
      {
        why: [
          ["a/m", "The model a/m has reached its limit of 1 requests"],
          ["b/m", "What b/m lets us use is used up for now, as far as it has told"],
        ],
        instead: "c/m",
      },
    ]);
  });

  test("waits for the turn that comes first where no other target has room", async () => {
    shortFor = { "a/m": 500 };
    turnIn = { "b/m": 4000, "c/m": 3000 };
    expect((await allow(planOf("a/m", "b/m", "c/m"))).place).toBe(2);
  });

  test("is none where no target has room: the one that is over soonest says when to come again", async () => {
    shortFor = { "a/m": 500, "b/m": 200 };
    turnIn = { "c/m": 60_000 };
    const refused = allow(planOf("a/m", "b/m", "c/m", "a/m"));
    expect(refused).rejects.toMatchObject({ code: "governance.limit_reached", retryAfterMs: 200 });
    await refused.catch(() => undefined);
    expect(passed[0]?.instead).toBeUndefined();
    // Its turn would have come too late: what was held is free again, and no request was made.
    expect(settled).toEqual({ "c/m": { usd_micros: 0, tokens: 0, requests: 0 } });
  });

  test("is none after a failure: then that is what the caller is told", async () => {
    shortFor = { "b/m": 200 };
    const failed = gatewayErrors.targets_rest({ model: "chat", retryAfterMs: 1 });
    const refused = allowNext(deps, { plan: planOf("a/m", "b/m"), place: 1, failed }, allowing());
    expect(refused).rejects.toBe(failed);
    await refused.catch(() => undefined);
  });

  test("is none for a caller who has gone, and nothing stays held", async () => {
    const gone = AbortSignal.abort();
    expect(allow(planOf("a/m", "b/m"), gone)).rejects.toMatchObject({ code: "gateway.caller_gone" });
    await Bun.sleep(0);
    expect(settled).toEqual({ "a/m": { usd_micros: 0, tokens: 0, requests: 0 } });
  });
});

test("a hedge goes only where there is room at once", async () => {
  const plan = planOf("a/m");
  const [planned] = plan.attempts;
  if (!planned) throw new Error("a plan without attempts");
  const hedge = () => allowAtOnce(deps, { plan, planned }, allowing());
  expect(await hedge()).toMatchObject({ hold: {}, turn: {} });
  turnIn = { "a/m": 20 };
  expect(await hedge()).toBeUndefined();
  [turnIn, shortFor] = [{}, { "a/m": 20 }];
  expect(await hedge()).toBeUndefined();
});
