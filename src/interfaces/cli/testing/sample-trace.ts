// A trace, its records and its session, as the fake server gives them: an agent that asks a model, and a tool that fails.
import type {
  Activity,
  RecordSummary,
  SessionDetail,
  Totals,
  TraceDetail,
  TraceNode,
} from "../../../ledger/contract.ts";
import type { createDoor } from "./fake-door.ts";
import { NOW_MS } from "./run-in-test.ts";

export const TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
const STARTED_MS = NOW_MS - 60_000;

const totals: Totals = {
  records: 3,
  failed: 1,
  calls: 1,
  tokens: { input: 1200, output: 34 },
  cost_usd_micros: 1500,
  saved_usd_micros: 0,
  started_at_ms: STARTED_MS,
  ended_at_ms: STARTED_MS + 2000,
  cut: false,
};

export function sampleRecord(changes: Partial<RecordSummary> = {}): RecordSummary {
  return {
    id: "01900000-0000-7000-8000-00000000000a",
    kind: "agent",
    own: false,
    trace_id: TRACE_ID,
    span_id: "b7ad6b7169203331",
    parent_span_id: null,
    name: "invoke planner",
    started_at_ms: STARTED_MS,
    duration_ms: 2000,
    first_token_ms: null,
    outcome: "ok",
    error_code: null,
    key_id: "key-1",
    user: "ann",
    team: null,
    project: null,
    tags: [],
    session: "chat-42",
    service: "shop",
    environment: null,
    model: null,
    answer_model: null,
    route: null,
    vendor: null,
    prompt: null,
    operation: null,
    finish_reason: null,
    cache: null,
    tokens: null,
    cost_usd_micros: null,
    saved_usd_micros: null,
    counted: false,
    same_as: null,
    request_preview: "where is my refund?",
    response_preview: "on its way",
    ...changes,
  };
}

function node(id: string, changes: Partial<TraceNode>): TraceNode {
  return {
    id,
    span_id: id,
    parent_id: null,
    depth: 0,
    orphan: false,
    kind: "span",
    own: false,
    name: id,
    service: "shop",
    agent: null,
    tool: null,
    started_after_ms: 0,
    duration_ms: 2000,
    critical_ms: 500,
    outcome: "ok",
    error_code: null,
    model: null,
    tokens: null,
    cost_usd_micros: null,
    counted: false,
    same_as: null,
    ...changes,
  };
}

export function sampleTrace(): TraceDetail {
  const used = { tokens: { input: 1200, output: 34 }, cost_usd_micros: 1500, counted: true };
  return {
    trace_id: TRACE_ID,
    totals,
    truncated: false,
    nodes: [
      node("a", { kind: "agent", agent: "planner" }),
      node("b", {
        parent_id: "a",
        depth: 1,
        kind: "call",
        name: "chat",
        model: "gpt-4o",
        duration_ms: 1500,
        ...used,
      }),
      node("c", {
        parent_id: "a",
        depth: 1,
        kind: "tool",
        tool: "lookup",
        started_after_ms: 1500,
        duration_ms: 500,
        critical_ms: 0,
        outcome: "failed",
        error_code: "timeout",
      }),
      node("d", { parent_id: "c", depth: 2, started_after_ms: 1600, duration_ms: 10 }),
    ],
    hand_offs: [{ from: "planner", to: "writer", via: "ask_writer", times: 2, first_after_ms: 10 }],
  };
}

function sampleSession(): SessionDetail {
  return {
    name: "chat-42",
    totals,
    truncated: false,
    turns: [
      {
        trace_id: TRACE_ID,
        started_at_ms: STARTED_MS,
        duration_ms: 2000,
        records: 3,
        failed: 1,
        cost_usd_micros: 1500,
        request_preview: "where is my refund?",
        response_preview: "on its way",
        calls: [],
      },
    ],
  };
}

/** `asked` gets the query of each list. */
export function fakeTraces(os: ReturnType<typeof createDoor>, asked: Record<string, unknown>[]) {
  const activity: Activity = { name: "chat-42", totals, traces: 1, users: ["ann"], last_request_preview: "thanks!" };
  const page = (input: Record<string, unknown>) => {
    asked.push(input);
    return { items: [activity], next_cursor: null };
  };
  return {
    records: {
      list: os.records.list.handler(({ input }) => {
        asked.push(input);
        return { records: [sampleRecord()], next_cursor: null };
      }),
    },
    traces: {
      list: os.traces.list.handler(({ input }) => {
        asked.push(input);
        return {
          traces: [{ trace_id: TRACE_ID, first: sampleRecord(), root_is_known: false, totals }],
          next_cursor: null,
        };
      }),
      get: os.traces.get.handler(sampleTrace),
    },
    sessions: {
      list: os.sessions.list.handler(({ input }) => page(input)),
      get: os.sessions.get.handler(sampleSession),
    },
    activity: { users: os.activity.users.handler(({ input }) => page(input)) },
  };
}
