import { expect, test } from "bun:test";
import type { TraceNode } from "../../../../../../src/ledger/contract.ts";
import { sumByModel } from "./sum-by-model.ts";
import { sumWaits } from "./sum-waits.ts";

const nodes = [
  { id: "a", kind: "tool", name: "find", critical_ms: 5, model: null, tokens: null, cost_usd_micros: null },
  { id: "b", kind: "tool", name: "find", critical_ms: 9, model: null, tokens: null, cost_usd_micros: null },
  {
    id: "c",
    kind: "call",
    name: "chat",
    critical_ms: 10,
    model: "m",
    tokens: { input: 2, output: 1 },
    cost_usd_micros: 7,
  },
  {
    id: "d",
    kind: "call",
    name: "chat",
    critical_ms: 0,
    model: "m",
    tokens: { input: 2, output: 1 },
    cost_usd_micros: 7,
  },
  // Only what the sums read.
] as TraceNode[];

test("adds up what was waited for by what was done, and names the longest", () => {
  expect(sumWaits(nodes).map(({ name, times, waitedMs, longest }) => [name, times, waitedMs, longest.id])).toEqual([
    ["find", 2, 14, "b"],
    ["chat", 1, 10, "c"],
  ]);
});

test("adds up models by what counts alone", () => {
  expect(sumByModel(nodes, new Set(["c"]))).toEqual([
    { model: "m", calls: 1, tokens: { input: 2, output: 1 }, costUsdMicros: 7 },
  ]);
});
