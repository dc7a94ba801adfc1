import { expect, test } from "bun:test";
import type { BudgetView } from "../../../../../src/governance/contract.ts";
import { budgetsOf } from "./budgets-of.ts";

const budgetOf = (whose: string, left: number): BudgetView => ({
  id: whose,
  whose,
  unit: "usd_micros",
  every: "month",
  cap: 100,
  spent: 100 - left,
  held: 0,
  left,
  renews_at_ms: null,
});

test("finds a user's own budgets and those of what their calls counted for, the emptiest first", () => {
  const budgets = [
    budgetOf("user ann", 50),
    budgetOf("user bob", 1),
    budgetOf("team core", 20),
    budgetOf("team core, model gpt-5", 10),
    budgetOf("team core, user bob", 5),
    budgetOf("project site", 30),
    budgetOf("key key_1", 2),
  ];
  const keys = [{ team: "core", project: null }];
  expect(budgetsOf(budgets, { user: "ann", keys }).map(({ whose }) => whose)).toEqual([
    "team core, model gpt-5",
    "team core",
    "user ann",
  ]);
  expect(budgetsOf(budgets, { user: "ann", keys: [] }).map(({ whose }) => whose)).toEqual(["user ann"]);
});
