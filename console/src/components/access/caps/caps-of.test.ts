// Figures of caps are the API's; what nothing was spent of has all of it left.
import { expect, test } from "bun:test";
import type { BudgetView } from "../../../../../src/governance/contract.ts";
import { type Bounded, capsOf, groupByOwner, tightest, whoseOf } from "./caps-of.ts";
import { nameCap, sayLeft, toneOfCap } from "./say-cap.ts";

const view = (change: Partial<BudgetView>): BudgetView => ({
  id: "usd/month/team/finance",
  whose: "team finance",
  unit: "usd_micros",
  every: "month",
  cap: 10_000_000,
  spent: 9_000_000,
  held: 500_000,
  left: 500_000,
  renews_at_ms: 5,
  ...change,
});
const finance: Bounded = { kind: "team", name: "finance", budgets: [], limits: [] };

test("what the API counts is shown as it is, beside what was not spent of yet", () => {
  const limits = [{ requests: 600, tokens: 9000, every: "minute" as const }];
  const caps = capsOf({ ...finance, limits }, [
    view({ id: "r", unit: "requests", every: "minute", cap: 600, left: 3 }),
  ]);
  expect(caps.map(({ unit, left, isOwn }) => ({ unit, left, isOwn }))).toEqual([
    { unit: "requests", left: 3, isOwn: true },
    { unit: "tokens", left: 9000, isOwn: true },
  ]);
});

test("a cap that the owner does not carry, or carries higher, is the configuration's", () => {
  const budgets = [{ usd: 50, every: "month" as const, when_short: "refuse" as const, soft_usd: 8 }];
  const [cap] = capsOf({ ...finance, budgets }, [view({})]);
  expect(cap).toMatchObject({ isOwn: false, cap: 10_000_000, softMicros: 8_000_000 });
  expect(cap !== undefined && toneOfCap(cap)).toBe("warn");
});

test("of several of one window the lowest holds, and the tightest is the one with the smallest share left", () => {
  const every = "day" as const;
  const when_short = "refuse" as const;
  const budgets = [
    { usd: 5, every, when_short },
    { usd: 2, every, when_short },
  ];
  const caps = capsOf({ ...finance, budgets }, [view({})]);
  expect(caps.map(({ cap }) => cap)).toEqual([10_000_000, 2_000_000]);
  expect(tightest(caps, "money")?.cap).toBe(10_000_000);
  expect(tightest(caps, "limits")).toBeNull();
});

test("owners are told apart as the API names them", () => {
  expect(whoseOf({ kind: "organisation", name: "default" })).toBe("organisation");
  expect(whoseOf({ kind: "organisation", name: "acme" })).toBe("organisation acme");
  expect(groupByOwner([view({}), view({ whose: "key k1" })]).get("key k1")?.length).toBe(1);
});

test("is said with its unit, its window and what is left", () => {
  expect(nameCap(view({}))).toBe("Money, a month");
  expect(nameCap(view({ unit: "calls_in_flight", every: null }))).toBe("Calls in flight");
  expect(sayLeft(view({}))).toBe("$0.500000 of $10.000000 left");
  expect(sayLeft(view({ unit: "tokens", left: 1200, cap: 9000 }))).toBe("1,200 of 9,000 left");
});
