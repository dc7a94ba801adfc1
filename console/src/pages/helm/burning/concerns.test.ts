// What counts as needing somebody, and how it is said.
import { describe, expect, test } from "bun:test";
import type { OpenAlert, SloView } from "../../../../../src/alerts/contract.ts";
import type { BudgetView } from "../../../../../src/governance/contract.ts";
import { concernsOfAlerts, concernsOfApprovals, concernsOfBudgets, concernsOfSlos } from "./concerns.ts";

const budget = (left: number) =>
  ({ id: "1", whose: "team harbour", unit: "usd_micros", every: "month", cap: 1_000_000, left }) as BudgetView;

describe("what needs somebody", () => {
  test("is a budget with a tenth left, or nothing", () => {
    expect(
      concernsOfBudgets([budget(500_000), budget(100_000), budget(0)]).map(({ tone, detail }) => [tone, detail]),
    ).toEqual([
      ["warn", "$0.100000 left of $1.000000 every month"],
      ["fail", "nothing left of $1.000000 every month"],
    ]);
  });

  test("is no alert that is silenced, or not firing yet", () => {
    const alert = (state: string, silences: string[]) =>
      ({
        id: state,
        rule: "errors",
        labels: {},
        severity: "critical",
        state,
        silenced_by: silences,
        since_ms: 0,
      }) as unknown as OpenAlert; // only what is read of it
    const found = concernsOfAlerts([alert("firing", ["s"]), alert("pending", []), alert("firing", [])], 120_000);
    expect(found.map(({ detail }) => detail)).toEqual(["firing for 2 min"]);
  });

  test("says of an error budget what is left of it, or how far it is overspent", () => {
    const slo = (left: number, burning: boolean) =>
      ({
        name: "answers",
        series: [{ labels: {}, budget_left: left, burns: [{ burn: "page", burning, long_burn: 14.4 }] }],
      }) as unknown as SloView; // only what is read of it
    expect(concernsOfSlos([slo(0.5, false), slo(-1.5, false), slo(0.25, true)]).map(({ detail }) => detail)).toEqual([
      "its error budget overspent by 150 %",
      "25 % of its error budget left, burning 14.4 × too fast",
    ]);
    expect(concernsOfSlos([slo(-1, false), slo(-1.5, false)])[0]?.detail).toContain("150");
  });

  test("is what waits for the reader before what waits for others", () => {
    expect(concernsOfApprovals({ mine: 2, pending: 5 })[0]?.title).toBe("2 for you to decide");
    expect(concernsOfApprovals({ mine: 0, pending: 5 })[0]?.title).toBe("5 waiting for others");
    expect(concernsOfApprovals({ mine: 0, pending: 0 })).toEqual([]);
  });
});
