import { describe, expect, test } from "bun:test";
import { type AgentRecord, findHandOffs } from "./hand-offs.ts";
import { placeInTree } from "./tree.ts";

interface Step extends AgentRecord {
  parent_span_id: string | null;
}

const step = (id: string, parent: string | null, change: Partial<Step> = {}): Step => ({
  id,
  span_id: id,
  parent_span_id: parent,
  started_at_ms: Number(id.replaceAll(/\D/g, "")),
  kind: "span",
  agent: null,
  tool: null,
  linked_spans: null,
  ...change,
});

const found = (steps: Step[]) => findHandOffs(placeInTree(steps), { startMs: 0, max: 10 });

describe("one agent hands to another", () => {
  test("that works inside it, through the tool between them", () => {
    const steps = [
      step("s1", null, { agent: "planner" }),
      step("s2", "s1", { tool: "ask_researcher" }),
      step("s3", "s2"),
      step("s4", "s3", { agent: "researcher" }),
      step("s5", "s1", { agent: "writer" }),
    ];
    expect(found(steps)).toEqual([
      { from: "planner", to: "researcher", via: "ask_researcher", times: 1, first_after_ms: 4 },
      { from: "planner", to: "writer", via: null, times: 1, first_after_ms: 5 },
    ]);
  });

  test("that begins beside it after a tool called transfer", () => {
    const steps = [
      step("s1", null),
      step("s2", "s1", { agent: "triage" }),
      step("s3", "s2", { tool: "transfer_to_refunds" }),
      step("s4", "s1", { agent: "refunds" }),
      step("s5", "s1", { agent: "other" }),
    ];
    expect(found(steps)).toEqual([
      { from: "triage", to: "refunds", via: "transfer_to_refunds", times: 1, first_after_ms: 4 },
    ]);
  });

  test("that links to its work", () => {
    const steps = [
      step("s1", null, { agent: "first" }),
      step("s2", "s1"),
      step("s3", null, { agent: "second", linked_spans: ["s2", "nowhere"] }),
    ];
    expect(found(steps)).toEqual([{ from: "first", to: "second", via: null, times: 1, first_after_ms: 3 }]);
  });

  test("again and again, which is counted; and not to itself", () => {
    const steps = [
      step("s1", null, { agent: "a" }),
      ...[2, 3, 4].map((at) => step(`s${at}`, "s1", { agent: "b" })),
      step("s5", "s1", { agent: "a" }),
    ];
    expect(found(steps)).toEqual([{ from: "a", to: "b", via: null, times: 3, first_after_ms: 2 }]);
  });
});

test("a hundred thousand agents and tools are looked through, and few hand-offs are told", () => {
  const many = Array.from({ length: 100_000 }, (_, at) =>
    step(`s${at}`, at === 0 ? null : `s${at - 1}`, at % 2 === 0 ? { agent: `agent-${at}` } : { tool: "transfer_to" }),
  );
  expect(found(many)).toHaveLength(10);
});
