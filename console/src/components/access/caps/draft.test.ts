// What is typed of budgets and limits, and what is sent of it.
import { expect, test } from "bun:test";
import { capsFrom, draftOf, newBudget, newLimit } from "./draft.ts";

test("what is not changed is sent as it was", () => {
  const budgets = [
    { usd: 0.3, every: "month" as const, when_short: "refuse" as const, soft_usd: 0.2 },
    { usd: 5, every: "day" as const, when_short: "cheaper_target" as const },
  ];
  const limits = [{ requests: 600, every: "minute" as const, burst: 20 }];
  expect(capsFrom(draftOf({ budgets, limits }))).toEqual({ budgets, limits });
});

test("a limit of several things is as many limits, and lines that are left empty are none", () => {
  const draft = draftOf({
    budgets: [],
    limits: [{ requests: 1, tokens: 2, calls_in_flight: 3, every: "hour", burst: 1 }],
  });
  expect(capsFrom(draft).limits).toEqual([
    { requests: 1, every: "hour", burst: 1 },
    { tokens: 2, every: "hour" },
    { calls_in_flight: 3, every: "hour" },
  ]);
  expect(capsFrom({ budgets: [newBudget], limits: [newLimit] })).toEqual({ budgets: [], limits: [] });
});
