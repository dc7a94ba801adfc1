// An objective's form gives back what it was made from, with what it has no field for.
import { expect, test } from "bun:test";
import type { SloView } from "../../../../../src/alerts/contract.ts";
import { sayObjective, sayOf } from "./say-objective.ts";
import { formOf, specOf } from "./slo-form.ts";

const spec = {
  of: { route: "chat", team: ["a", "b"] },
  per: ["model"],
  objective: { kind: "first_token", within: 1500 },
  target: 95,
  window: 7 * 86_400_000,
  min_events: 50,
};
const slo: SloView = {
  name: "quick",
  source: "api",
  objective: "first_token",
  target: 95,
  window_ms: 7 * 86_400_000,
  spec,
  changed_at_ms: null,
  changed_by: null,
  measured_at_ms: null,
  unknown: null,
  error: null,
  series: [],
};

test("what is not changed stays as it was", () => {
  expect(specOf(formOf(slo), spec)).toEqual({ ...spec, of: { route: ["chat"], team: ["a", "b"] } });
});

test("another kind brings its own fields and leaves the others out", () => {
  const form = { ...formOf(slo), kind: "cost" as const, usdMicros: 20_000 };
  expect(specOf(form, spec)["objective"]).toEqual({ kind: "cost", usd: 0.02 });
});

test("an objective is said in a sentence, and of which calls it is", () => {
  expect(sayObjective(slo)).toBe("95 % of first tokens within 1.50 s, over 7 d");
  expect(sayOf(spec)).toBe("route chat, team a or b; one for each model");
});
