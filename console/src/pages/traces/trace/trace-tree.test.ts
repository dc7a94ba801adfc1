import { expect, test } from "bun:test";
import type { TraceNode } from "../../../../../src/ledger/contract.ts";
import {
  ancestorsOf,
  countedIn,
  earlyBy,
  findIn,
  hasFailed,
  nextAmong,
  openTo,
  pruneTree,
  treeOf,
} from "./trace-tree.ts";

function nodeOf(id: string, parent_id: string | null, rest: Partial<TraceNode> = {}): TraceNode {
  return {
    id,
    span_id: null,
    parent_id,
    depth: 0,
    orphan: false,
    kind: "span",
    own: false,
    name: id,
    service: null,
    agent: null,
    tool: null,
    started_after_ms: 0,
    duration_ms: 1,
    critical_ms: 0,
    outcome: "ok",
    error_code: null,
    model: null,
    tokens: null,
    cost_usd_micros: null,
    counted: false,
    same_as: null,
    ...rest,
  };
}

const tree = treeOf([
  nodeOf("run", null),
  nodeOf("step", "run", { depth: 1, started_after_ms: 5 }),
  nodeOf("tool", "step", { depth: 2, outcome: "failed", error_code: "timeout", started_after_ms: 2 }),
  nodeOf("chat", "run", { depth: 1, model: "Quill-3" }),
  nodeOf("lost", "nowhere", { orphan: true, outcome: "failed" }),
]);
const idsOf = (nodes: readonly TraceNode[]): string[] => nodes.map(({ id }) => id);

test("what hangs on nothing that is shown stands at the top", () => {
  expect(idsOf(tree.roots)).toEqual(["run", "lost"]);
  expect(idsOf(ancestorsOf(tree, "tool"))).toEqual(["step", "run"]);
});

test("a narrowed tree keeps what its records hang on, and nothing else", () => {
  const failed = pruneTree(tree, hasFailed);
  expect(idsOf(failed.nodes)).toEqual(["run", "step", "tool", "lost"]);
});

test("opens by level", () => {
  expect([...openTo(tree, undefined)]).toEqual(["run", "step"]);
  expect([...openTo(tree, 2)]).toEqual(["run"]);
  expect([...openTo(tree, 1)]).toEqual([]);
});

test("finds by any of a record's names, and nothing for nothing", () => {
  expect(idsOf(findIn(tree, "quill"))).toEqual(["chat"]);
  expect(idsOf(findIn(tree, "TIMEOUT"))).toEqual(["tool"]);
  expect(findIn(tree, "  ")).toEqual([]);
});

test("goes from one to the next, and round", () => {
  const failed = tree.nodes.filter(hasFailed);
  const next = (id: string | null, by: 1 | -1) => nextAmong(failed, tree, { id, by })?.id;
  expect([next(null, 1), next("tool", 1), next("lost", 1)]).toEqual(["tool", "lost", "tool"]);
  expect([next(null, -1), next("lost", -1), next("run", -1)]).toEqual(["lost", "tool", "lost"]);
  expect(nextAmong([], tree, { id: null, by: 1 })).toBeUndefined();
});

test("says how long before its parent a record began", () => {
  const at = (id: string): number => earlyBy(tree, tree.nodes.find((node) => node.id === id) ?? nodeOf(id, null));
  expect([at("tool"), at("step"), at("lost")]).toEqual([3, 0, 0]);
});

test("counts a call once, by its own record, or by the dearer of the spans that are it", () => {
  const echo = { same_as: "call", counted: false };
  const spans = [
    nodeOf("cheap", null, { ...echo, cost_usd_micros: 1 }),
    nodeOf("dear", null, { ...echo, cost_usd_micros: 2 }),
  ];
  expect([...countedIn(spans)]).toEqual(["dear"]);
  expect([...countedIn([...spans, nodeOf("call", null, { own: true, counted: true })])]).toEqual(["call"]);
});
