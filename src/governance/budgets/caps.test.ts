// Who is under which caps, and when windows begin and end.
import { describe, expect, test } from "bun:test";
import type { Principal } from "../principal.ts";
import { createCaps } from "./caps.ts";
import { budgetSchema, limitSchema } from "./config.ts";
import { ownBudgetSchema } from "./contract.ts";
import { ownRules } from "./rules.ts";
import { calendarWindow, slidingWindow } from "./window.ts";
import { plainKey } from "../principal.ts";

const ada: Principal = {
  ...plainKey(["call"]),
  keyId: "k1",
  keyName: "app",
  scopes: ["call"],
  user: "ada",
  team: "core",
  project: null,
};
const at = (time: string): number => Date.parse(time);
const NOW = at("2026-11-21T10:20:33Z");

function capsOf(budgets: object[], limits: object[] = []) {
  const caps = createCaps({
    budgets: budgets.map((each) => budgetSchema.parse(each)),
    limits: limits.map((each) => limitSchema.parse(each)),
  });
  return caps.of({ principal: ada }, NOW).map(({ account: { id, cap } }) => [id, cap]);
}

describe("the caps of a caller", () => {
  test("are those of the organisation and of all that the key belongs to", () => {
    const budgets = ["organisation", "team", "project", "user", "key"].map((of) => ({ of, usd: 5 }));
    expect(capsOf(budgets)).toEqual([
      ["usd/month/organisation/", 5_000_000],
      ["usd/month/team/core", 5_000_000],
      ["usd/month/user/ada", 5_000_000],
      ["usd/month/key/k1", 5_000_000],
    ]);
  });

  test("what is said of one by name takes the place of what is said of each", () => {
    const budgets = [
      { of: "team", usd: 5 },
      { of: "team", name: "core", usd: 100 },
      { of: "team", name: "other", usd: 1 },
      { of: "team", usd: 1, every: "day" },
    ];
    expect(capsOf(budgets)).toEqual([
      ["usd/month/team/core", 100_000_000],
      ["usd/day/team/core", 1_000_000],
    ]);
  });

  test("a limit may cap requests, tokens and calls in flight at once", () => {
    expect(capsOf([], [{ of: "key", requests: 60, tokens: 1000, calls_in_flight: 4 }])).toEqual([
      ["requests/minute/key/k1", 60],
      ["tokens/minute/key/k1", 1000],
      ["calls_in_flight/now/key/k1", 4],
    ]);
    expect(() => limitSchema.parse({ of: "key" })).toThrow("say requests, tokens or calls_in_flight");
  });
});

describe("the caps of a target", () => {
  const target = { id: "openai/gpt-4o", vendor: "openai" };
  const idsOf = (limits: object[]) => {
    const caps = createCaps({ budgets: [], limits: limits.map((each) => limitSchema.parse(each)) });
    const bearer = { principal: ada, route: "chat", ip: () => "2001:db8:0:0::/64", target };
    const ids = (found: readonly { account: { id: string; cap: number } }[]) =>
      found.map(({ account: { id, cap } }) => [id, cap]);
    return { own: ids(caps.of(bearer, NOW)), ofTarget: ids(caps.ofTarget(bearer, NOW)), caps };
  };

  test("are those of models and vendors, while those of routes and addresses are the call's", () => {
    const limits = [
      { of: "model", requests: 1 },
      { of: "vendor", name: "openai", requests: 2 },
      { of: "vendor", name: "mistral", requests: 3 },
      { of: "model", name: "chat", requests: 4 },
      { of: "ip", requests: 5 },
    ];
    const { own, ofTarget } = idsOf(limits);
    expect(ofTarget).toEqual([
      ["requests/minute/model/openai/gpt-4o", 1],
      ["requests/minute/vendor/openai", 2],
    ]);
    expect(own).toEqual([
      ["requests/minute/route/chat", 4],
      ["requests/minute/ip/2001:db8:0:0::/64", 5],
    ]);
  });

  test("of combinations, what names more takes the place of what names less, and can be told from its account", () => {
    const limits = [
      { of: ["team", "model"], requests: 1 },
      { of: ["team", "model"], name: ["core", "*"], requests: 2 },
      { of: ["team", "model"], name: ["core", "openai/gpt-4o"], requests: 3, burst: 2 },
      { of: ["team", "model"], name: ["other", "openai/gpt-4o"], requests: 4 },
    ];
    const { ofTarget, caps } = idsOf(limits);
    expect(ofTarget).toEqual([
      ["requests/minute/team+model/core+openai%2Fgpt-4o", 3],
      ["requests/minute-burst/team+model/core+openai%2Fgpt-4o", 2],
    ]);
    expect(caps.behind("requests/minute/team+model/core+openai%2Fgpt-4o", [], NOW)).toMatchObject({
      whose: "team core, model openai/gpt-4o",
      account: { cap: 3 },
    });
    expect(caps.behind("requests/minute/team+model/core+a%2Fb", [], NOW)?.account.cap).toBe(2);
    expect(caps.behind("requests/minute-burst/team+model/core+openai%2Fgpt-4o", [], NOW)).toBeUndefined();
  });

  test.each([
    [{ of: ["team", "model"], name: "core", requests: 1 }, "one name for each kind"],
    [{ of: "team", name: ["core", "x"], requests: 1 }, "one name for each kind"],
    [{ of: ["team", "team"], requests: 1 }, "twice"],
    [{ of: "team", tokens: 1, burst: 1 }, "a burst needs requests"],
  ])("%j is refused", (limit, why) => {
    expect(() => limitSchema.parse(limit)).toThrow(why);
  });

  test("a budget of a model has no other way out than the next target", () => {
    expect(() => budgetSchema.parse({ of: "model", usd: 1, when_short: "lower_max_tokens" })).toThrow("next target");
  });
});

describe("caps that a team carries of its own", () => {
  const own = (budgets: object[]) =>
    ownRules({ of: "team", name: "core" }, { budgets: budgets.map((each) => ownBudgetSchema.parse(each)), limits: [] });
  const config = (budgets: object[]) =>
    createCaps({ budgets: budgets.map((each) => budgetSchema.parse(each)), limits: [] });
  const shown = (caps: ReturnType<typeof createCaps>, ownCaps: ReturnType<typeof own>) =>
    caps.of({ principal: { ...ada, ownCaps } }, NOW).map(({ account: { id, cap }, soft }) => [id, cap, soft]);

  test("hold beside the config's, and of two on the same the lower one does", () => {
    const caps = config([
      { of: "team", usd: 50, soft_usd: 40 },
      { of: "key", usd: 5 },
    ]);
    expect(shown(caps, own([{ usd: 70 }, { usd: 2, every: "day" }]))).toEqual([
      ["usd/month/team/core", 50_000_000, 40_000_000],
      ["usd/month/key/k1", 5_000_000, undefined],
      ["usd/day/team/core", 2_000_000, undefined],
    ]);
    expect(shown(config([{ of: "team", usd: 50 }]), own([{ usd: 20, soft_usd: 15 }]))).toEqual([
      ["usd/month/team/core", 20_000_000, 15_000_000],
    ]);
  });

  test("hold from the moment that they are others, also for a caller whose caps are known", () => {
    const caps = config([]);
    expect(shown(caps, own([{ usd: 1 }]))).toEqual([["usd/month/team/core", 1_000_000, undefined]]);
    expect(shown(caps, own([{ usd: 2 }]))).toEqual([["usd/month/team/core", 2_000_000, undefined]]);
    expect(shown(caps, [])).toEqual([]);
    expect(caps.of({ principal: ada }, NOW)).toEqual([]);
  });

  test("are found again by their account", () => {
    const caps = config([{ of: "team", usd: 50 }]);
    expect(caps.behind("usd/month/team/core", own([{ usd: 20 }]), NOW)?.account.cap).toBe(20_000_000);
    expect(caps.behind("usd/month/team/core", [], NOW)?.account.cap).toBe(50_000_000);
    expect(caps.behind("usd/day/team/core", [], NOW)).toBeUndefined();
  });
});

describe("a window", () => {
  test.each([
    ["day", "2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z"],
    ["week", "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z"],
    ["month", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"],
  ] as const)("of a %s is the calendar's", (every, startsAt, endsAt) => {
    expect(calendarWindow(every, NOW)).toMatchObject({ startsAtMs: at(startsAt), endsAtMs: at(endsAt) });
    expect(calendarWindow(every, at(endsAt) - 1).startsAtMs).toBe(at(startsAt));
    expect(calendarWindow(every, at(endsAt)).startsAtMs).toBe(at(endsAt));
  });

  test("that slides counts all that lies within its length, whenever in their slices both were", () => {
    const first = slidingWindow("minute", NOW);
    const last = slidingWindow("minute", first.endsAtMs - 1 + 60_000);
    // Spent at the very end of a slice still counts 60 s later.
    expect(last.countsAfterMs).toBeLessThan(first.startsAtMs);
    const after = slidingWindow("minute", last.endsAtMs);
    expect(after.countsAfterMs).toBeGreaterThanOrEqual(first.startsAtMs);
  });
});
