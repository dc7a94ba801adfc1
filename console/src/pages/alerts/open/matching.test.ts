// A silence's matchers fit alerts as the server's do.
import { expect, test } from "bun:test";
import type { AlertView } from "../../../../../src/alerts/contract.ts";
import { fits, matchersOf, sayMatchers } from "./matching.ts";

const alert: AlertView = {
  id: "a1",
  rule: "fails",
  kind: "error_spike",
  labels: { route: "helpdesk", team: "" },
  severity: "critical",
  state: "firing",
  reason: null,
  value: 0.3,
  threshold: 0.1,
  unit: "share",
  facts: {},
  since_ms: 0,
  fired_at_ms: 0,
  resolved_at_ms: null,
  seen_at_ms: 0,
};

test("an alert's own matchers fit it, and say which it is", () => {
  const matchers = matchersOf(alert);
  expect(fits(matchers, alert)).toBe(true);
  expect(sayMatchers(matchers)).toBe("rule fails, route helpdesk, team none");
});

test("all matchers must fit, one value each is enough, and a star stands for any end", () => {
  expect(fits([{ name: "route", values: ["chat", "help*"] }], alert)).toBe(true);
  expect(
    fits(
      [
        { name: "severity", values: ["critical"] },
        { name: "route", values: ["chat"] },
      ],
      alert,
    ),
  ).toBe(false);
  expect(fits([{ name: "model", values: ["*"] }], alert)).toBe(false);
});
