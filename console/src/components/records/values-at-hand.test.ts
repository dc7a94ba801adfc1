import { expect, test } from "bun:test";
import type { Activity } from "../../../../src/ledger/contract.ts";
import { valuesOfActivity } from "./values-at-hand.ts";

test("offers what the list shows, most often first, and nothing for other fields", () => {
  const items = [
    { name: "chat-1", users: ["bob"] },
    { name: "chat-2", users: ["ann"] },
    { name: "chat-3", users: ["ann"] },
  ].map((item): Activity => ({ ...item, totals, traces: 1, last_request_preview: null }));
  const valuesOf = valuesOfActivity("session", items);
  expect(valuesOf("user")).toEqual([{ value: "ann" }, { value: "bob" }]);
  expect(valuesOf("session").map(({ value }) => value)).toEqual(["chat-1", "chat-2", "chat-3"]);
  expect(valuesOf("model")).toEqual([]);
});

const totals: Activity["totals"] = {
  records: 1,
  failed: 0,
  calls: 1,
  tokens: { input: 0, output: 0 },
  cost_usd_micros: 0,
  saved_usd_micros: 0,
  started_at_ms: 0,
  ended_at_ms: 0,
  cut: false,
};
