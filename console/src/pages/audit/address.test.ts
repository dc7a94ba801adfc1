import { expect, test } from "bun:test";
import { filterOf, isNarrowed } from "./address.ts";

const nowMs = 100 * 86_400_000;
const since_ms = nowMs - 30 * 86_400_000;

test("leaves calls out unless they are asked for", () => {
  expect(filterOf({}, nowMs)).toEqual({ calls: "without", since_ms });
  expect(filterOf({ calls: "with" }, nowMs)).toEqual({ since_ms });
  expect(filterOf({ action: "calls.executed" }, nowMs)).toEqual({ action: "calls.executed", since_ms });
});

test("looks for a call whenever it was", () => {
  expect(filterOf({ call: "019a", range: "1h" }, nowMs)).toEqual({ call: "019a" });
});

test("names an end only where there is one", () => {
  expect(filterOf({ range: "custom", from: 5, to: 9, actor: "ada", type: "key" }, nowMs)).toEqual({
    actor: "ada",
    resource_type: "key",
    calls: "without",
    since_ms: 5,
    until_ms: 9,
  });
});

test("knows whether anything but the time narrows the trail", () => {
  expect([{}, { range: "1h" as const }, { outcome: "failed" as const }].map(isNarrowed)).toEqual([false, false, true]);
});
