// Who is under which caps, and when windows begin and end.
import { describe, expect, test } from "bun:test";
import type { Principal } from "../principal.ts";
import { createCaps } from "./caps.ts";
import { budgetSchema, limitSchema } from "./config.ts";
import { ownBudgetSchema } from "./contract.ts";
import { ownRules } from "./rule.ts";
import { calendarWindow, slidingWindow } from "./window.ts";

const ada: Principal = { keyId: "k1", keyName: "app", scopes: ["call"], user: "ada", team: "core", project: null };
const at = (time: string): number => Date.parse(time);
const NOW = at("2026-11-21T10:20:33Z");

function capsOf(budgets: object[], limits: object[] = []) {
  const caps = createCaps({
    budgets: budgets.map((each) => budgetSchema.parse(each)),
    limits: limits.map((each) => limitSchema.parse(each)),
  });
  return caps.of(ada, NOW).map(({ account: { id, cap } }) => [id, cap]);
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

describe("caps that a team carries of its own", () => {
  const own = (budgets: object[]) =>
    ownRules({ of: "team", name: "core" }, { budgets: budgets.map((each) => ownBudgetSchema.parse(each)), limits: [] });
  const config = (budgets: object[]) =>
    createCaps({ budgets: budgets.map((each) => budgetSchema.parse(each)), limits: [] });
  const shown = (caps: ReturnType<typeof createCaps>, ownCaps: ReturnType<typeof own>) =>
    caps.of({ ...ada, ownCaps }, NOW).map(({ account: { id, cap }, soft }) => [id, cap, soft]);

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
    expect(caps.of(ada, NOW)).toEqual([]);
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
