// Limits in the words of whoever is under them.
import { expect, test } from "bun:test";
import type { BudgetView } from "../../../../../src/governance/contract.ts";
import { describeLimit } from "./describe-limit.ts";

const limit: BudgetView = {
  id: "x",
  whose: "team home",
  unit: "usd_micros",
  every: "week",
  cap: 20_000_000,
  spent: 82,
  held: 0,
  left: 19_999_918,
  renews_at_ms: Date.UTC(2026, 10, 23),
};

test("says what is left of what, exactly, and whose it is", () => {
  const { label, left, tone } = describeLimit(limit);
  expect([label, left, tone]).toEqual(["Money this week, of the team home", "$19.999918 of $20.00 left", "ink"]);
});

test("says so when little or nothing is left", () => {
  expect(describeLimit({ ...limit, spent: 19_000_000 }).tone).toBe("warn");
  expect(describeLimit({ ...limit, spent: 20_000_005 })).toMatchObject({ left: "$0.00 of $20.00 left", tone: "fail" });
});

test("of a person is theirs, and counts what it counts", () => {
  const own = describeLimit({ ...limit, whose: "user juno.bell", unit: "requests", every: "day", cap: 50, spent: 38 });
  expect([own.label, own.left]).toEqual(["Questions today, yours", "12 of 50 left"]);
  expect(describeLimit({ ...limit, unit: "tokens", every: "minute", renews_at_ms: null })).toMatchObject({
    label: "Tokens in any minute, of the team home",
    renews: "",
  });
});

test("counts as left what is at hand for the next calls, but not places that are taken", () => {
  const held = { ...limit, cap: 40, spent: 1, held: 16, left: 23 };
  expect(describeLimit({ ...held, unit: "requests" }).left).toBe("39 of 40 left");
  expect(describeLimit({ ...held, unit: "calls_in_flight" }).left).toBe("23 of 40 left");
});
