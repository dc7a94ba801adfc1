import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { TestDatabase } from "../../../test/support/database.ts";
import { type Ledger } from "../index.ts";
import { recordCall, startLedgerDatabase, startTestLedger, until, untilProjected } from "../ledger.fixture.ts";
import { ledgerConfigSchema } from "../config.ts";
import { createRecordStore } from "../store/records/records.ts";
import type { RecordQuery, TraceQuery } from "./contract.ts";
import { createRecordReader } from "./read-records.ts";
import { putSpans, recordIdFrom, spanIdFrom, type TestSpan, traceIdFrom } from "./records.fixture.ts";

const NOW = Date.UTC(2026, 8, 22, 12);
const MINUTE = 60_000;

const tokens = (input: number, output: number) => ({ input, output, cache_read: 0, cache_write: 0, reasoning: 0 });
const who = (user: string) => ({ key_id: "key-1", key_name: "k", user, team: null, project: null, tags: ["beta"] });

/** An agent that plans, asks a model and hands to another. */
function agentTrace(trace: string, at: number, session: string): TestSpan[] {
  const change = { session, who: who("ann") };
  const cost = { usd_micros: 500, source: "computed", price_version: null } as const;
  return [
    { trace, span: "run", at, ms: 1000, change: { ...change, kind: "run", tokens: tokens(300, 30) } },
    {
      trace,
      span: "plan",
      parent: "run",
      at: at + 10,
      ms: 400,
      change: { ...change, kind: "agent", agent: { id: null, name: "planner" } },
    },
    {
      trace,
      span: "chat",
      parent: "plan",
      at: at + 20,
      ms: 300,
      request: JSON.stringify({ messages: [{ content: `where is my refund, ${trace}?` }] }),
      response: JSON.stringify({ content: "It is on its way to the bank" }),
      change: { ...change, kind: "call", model: "gpt-4o", vendor: "openai", tokens: tokens(200, 20), cost },
    },
    {
      trace,
      span: "write",
      parent: "plan",
      at: at + 420,
      ms: 500,
      change: { ...change, kind: "agent", agent: { id: null, name: "writer" } },
    },
    {
      trace,
      span: "lookup",
      parent: "write",
      at: at + 430,
      ms: 50,
      change: {
        ...change,
        kind: "tool",
        tool: { name: "lookup", call_id: null },
        outcome: "failed",
        error: { code: "timeout", message: "the warehouse said nothing" },
        attributes: { "http.status_code": 504 },
      },
    },
  ];
}

const held = { database: undefined as never as TestDatabase, ledger: undefined as never as Ledger };

beforeAll(async () => {
  held.database = await startLedgerDatabase();
  let nowMs = NOW;
  const { storage } = held.database;
  const { ledger } = await startTestLedger(
    { storage },
    { world: { nowMs: () => nowMs }, config: { search: { interval: 1 } } },
  );
  held.ledger = ledger;
  for (let index = 0; index < 5; index += 1)
    await putSpans(storage, agentTrace(`t${index}`, NOW - (10 - index) * MINUTE, index < 3 ? "s-1" : "s-2"));
  // Its root is not there.
  await putSpans(storage, [
    { trace: "rootless", span: "b", parent: "gone", at: NOW - 4.5 * MINUTE },
    { trace: "rootless", span: "a", parent: "gone", at: NOW - 4.6 * MINUTE },
  ]);
  await putSpans(storage, [{ trace: "old", span: "old", at: NOW - 20 * 24 * 60 * MINUTE }]);
  nowMs = NOW - MINUTE;
  recordCall(ledger, {
    start: { model: "sim/steady", session: "s-2" },
    response: '{"choices":["a nightingale sang"]}',
  });
  nowMs = NOW;
  await untilProjected(ledger);
  await untilIndexed();
}, 60_000);
afterAll(async () => {
  await held.ledger.close();
  await held.database.close();
});

const untilIndexed = () =>
  until("all records are indexed", async () => {
    const { rows } = await held.database.storage.pool.query("select from ledger_unindexed");
    return rows.length === 0;
  });
const records = async (query: Partial<RecordQuery> = {}) =>
  (await held.ledger.records.listRecords({ limit: 50, ...query })).records;
const names = async (filter: string, query: Partial<RecordQuery> = {}) =>
  (await records({ filter, ...query })).map(({ name }) => name ?? "");
const traces = (query: Partial<TraceQuery> = {}) =>
  held.ledger.records.listTraces({ limit: 50, match: "root", ...query });

describe("records", () => {
  test("are listed newest first, own ones and those of applications, a day back", async () => {
    const all = await records();
    expect(all).toHaveLength(28);
    expect(all[0]).toMatchObject({ own: true, kind: "call", name: "sim/steady", session: "s-2" });
    expect(all.map(({ started_at_ms }) => started_at_ms)).toEqual(
      all.map(({ started_at_ms }) => started_at_ms).toSorted((a, b) => b - a),
    );
    expect(
      await records({ since_ms: NOW - 30 * 24 * 60 * MINUTE, until_ms: NOW - 19 * 24 * 60 * MINUTE }),
    ).toHaveLength(1);
  });

  test("go on from page to page, each once", async () => {
    const ids: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await held.ledger.records.listRecords({ limit: 5, ...(cursor === undefined ? {} : { cursor }) });
      ids.push(...page.records.map(({ id }) => id));
      cursor = page.next_cursor;
    }
    expect(new Set(ids).size).toBe(28);
    expect(ids).toHaveLength(28);
  });

  test("pass a filter", async () => {
    expect(await names("kind:tool AND error:timeout")).toEqual(Array.from({ length: 5 }, () => "lookup"));
    expect(await names("own:true")).toEqual(["sim/steady"]);
    expect(await names("model:gpt-4o AND cost:>=0.0005 AND tag:beta AND user:ann AND session:s-2")).toHaveLength(2);
    expect(await names("attribute.http.status_code:>=500")).toHaveLength(5);
    expect(await names(`trace:${traceIdFrom("t1")} AND NOT parent:*`)).toEqual(["run"]);
    expect(await names(`span:${spanIdFrom("t1", "chat")}`)).toEqual(["chat"]);
    expect(await names("session:nobody")).toEqual([]);
  });

  test("are found by words in what was asked, answered and went wrong", async () => {
    expect(await names("refund")).toHaveLength(5);
    expect(await names('"on its way to the bank" refund t3')).toEqual(["chat"]);
    expect(await names('"way on its"')).toEqual([]);
    expect(await names("wareh* AND NOT kind:call")).toHaveLength(5);
    expect(await names("nightingale")).toEqual(["sim/steady"]);
    expect(await names("refund OR nightingale")).toHaveLength(6);
    expect(await names("NOT refund")).toHaveLength(23);
    expect(await names("content")).toEqual([]);
  });

  test("are found by id, whole, with their bodies", async () => {
    const id = recordIdFrom({ trace: "t1", span: "chat", at: NOW - 9 * MINUTE + 20 });
    const found = await held.ledger.records.findRecord(id);
    expect(found?.summary).toMatchObject({ id, kind: "call", tokens: tokens(200, 20), cost_usd_micros: 500 });
    expect(found?.record).toMatchObject({ source: "otlp", span_id: spanIdFrom("t1", "chat") });
    const bodies = await held.ledger.records.readRecordBodies(id);
    expect(Buffer.from(bodies?.request ?? []).toString()).toContain("where is my refund, t1?");
    for (const none of ["", "x", "\0", id.replace(/.$/, (end) => (end === "0" ? "1" : "0"))])
      expect(await held.ledger.records.findRecord(none)).toBeUndefined();
  });
});

describe("traces", () => {
  test("are listed by their roots, or their earliest record where there is none", async () => {
    const { traces: all } = await traces();
    expect(all.map(({ trace_id, root_is_known }) => [trace_id, root_is_known]).slice(1)).toEqual(
      [[traceIdFrom("rootless"), false], ...[4, 3, 2, 1, 0].map((index) => [traceIdFrom(`t${index}`), true])].toSorted(
        (a, b) => (a[0] === traceIdFrom("rootless") || b[0] === traceIdFrom("rootless") ? 0 : 0),
      ),
    );
    expect(all[1]?.first).toMatchObject({ name: "a" });
    expect(all[2]?.totals).toMatchObject({
      records: 5,
      failed: 1,
      calls: 1,
      cost_usd_micros: 500,
      cut: false,
      tokens: { input: 200, output: 20 },
    });
  });

  test("lose their place-holder when the root comes late", async () => {
    const { storage } = held.database;
    const at = NOW - 3 * MINUTE;
    await putSpans(storage, [{ trace: "late", span: "child", parent: "root", at: at + 5 }]);
    await untilIndexed();
    expect((await traces()).traces.filter(({ trace_id }) => trace_id === traceIdFrom("late"))).toMatchObject([
      { root_is_known: false },
    ]);
    await putSpans(storage, [{ trace: "late", span: "root", at, ms: 50 }]);
    await untilIndexed();
    const found = (await traces()).traces.filter(({ trace_id }) => trace_id === traceIdFrom("late"));
    expect(found).toMatchObject([{ root_is_known: true, first: { name: "root" } }]);
    await storage.pool.query("delete from ledger_records where trace_id = $1", [traceIdFrom("late")]);
  });

  test("pass a filter by their root, or by any of their records", async () => {
    expect((await traces({ filter: "kind:tool" })).traces).toEqual([]);
    const { traces: any } = await traces({ filter: "kind:tool AND session:s-1", match: "any" });
    expect(any.map(({ first, totals }) => [first.name, totals.records])).toEqual([
      ["run", 5],
      ["run", 5],
      ["run", 5],
    ]);
    expect((await traces({ filter: "session:s-1" })).traces).toHaveLength(3);
  });

  test("go on from page to page, each once, also where any record will do", async () => {
    for (const match of ["root", "any"] as const) {
      const ids: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = await traces({ limit: 2, match, ...(cursor === undefined ? {} : { cursor }) });
        ids.push(...page.traces.map(({ trace_id }) => trace_id));
        cursor = page.next_cursor;
      }
      expect(ids).toHaveLength(7);
      expect(new Set(ids).size).toBe(7);
    }
  });

  test("are read as a tree, with their times and hand-offs", async () => {
    const trace = await held.ledger.records.readTrace({ id: traceIdFrom("t2"), limit: 100 });
    expect(trace?.nodes.map(({ name, depth, started_after_ms }) => [name, depth, started_after_ms])).toEqual([
      ["run", 0, 0],
      ["plan", 1, 10],
      ["chat", 2, 20],
      ["write", 2, 420],
      ["lookup", 3, 430],
    ]);
    expect(trace?.hand_offs).toEqual([{ from: "planner", to: "writer", via: null, times: 1, first_after_ms: 420 }]);
    expect(trace?.totals).toMatchObject({
      records: 5,
      calls: 1,
      tokens: { input: 200, output: 20 },
      cost_usd_micros: 500,
    });
    const critical = trace?.nodes.reduce((sum, { critical_ms }) => sum + critical_ms, 0);
    expect(critical).toBe(1000);
    expect((await held.ledger.records.readTrace({ id: traceIdFrom("t2"), limit: 2 }))?.truncated).toBe(true);
    for (const none of ["", "x", traceIdFrom("nobody"), "'; --"])
      expect(await held.ledger.records.readTrace({ id: none, limit: 5 })).toBeUndefined();
  });
});

describe("sessions and users", () => {
  test("are listed by their latest record, with what they come to", async () => {
    const { items } = await held.ledger.records.listSessions({ limit: 50 });
    expect(
      items.map(({ name, totals, traces: count }) => [name, totals.records, totals.cost_usd_micros, count]),
    ).toEqual([
      ["s-2", 11, 1056, 3],
      ["s-1", 15, 1500, 3],
    ]);
    const users = await held.ledger.records.listActiveUsers({ limit: 50, filter: "kind:call AND own:false" });
    expect(users.items.map(({ name, totals }) => [name, totals.records])).toEqual([["ann", 26]]);
  });

  test("are listed with what was asked last, where the latest records have no request", async () => {
    const { storage } = held.database;
    const say = (text: string | null, session: string) =>
      storage.pool.query(
        "update ledger_records set request_preview = $1::text || name where kind = 'call' and session = $2",
        [text, session],
      );
    await Promise.all([say("asked ", "s-1"), say("asked ", "s-2")]);
    const { items: sessions } = await held.ledger.records.listSessions({ limit: 50 });
    const { items: users } = await held.ledger.records.listActiveUsers({ limit: 50, filter: "own:false" });
    expect([...sessions, ...users].map((item) => [item.name, item.last_request_preview])).toEqual([
      ["s-2", "asked sim/steady"],
      ["s-1", "asked chat"],
      ["ann", "asked sim/steady"],
    ]);
    await Promise.all([say(null, "s-1"), say(null, "s-2")]);
  });

  test("go on from page to page, each once", async () => {
    const first = await held.ledger.records.listSessions({ limit: 1 });
    const second = await held.ledger.records.listSessions({ limit: 1, cursor: first.next_cursor ?? "" });
    expect([first, second].map(({ items }) => items.map(({ name }) => name))).toEqual([["s-2"], ["s-1"]]);
    expect(second.next_cursor).toBeNull();
  });

  test("are looked for further where the newest records are all of a few", async () => {
    const { storage } = held.database;
    const { listSessions } = createRecordReader(ledgerConfigSchema.parse({ reading: { records_max: 100 } }).reading, {
      store: createRecordStore(storage, 10_000),
      isAvailable: () => true,
      world: { nowMs: () => NOW },
    });
    const namesOf = async (limit: number, cursor?: string) => {
      const { items, next_cursor } = await listSessions({ limit, ...(cursor !== undefined && { cursor }) });
      return { names: items.map(({ name }) => name), next: next_cursor };
    };
    expect(await namesOf(2)).toEqual({ names: ["s-2", "s-1"], next: null });
    const first = await namesOf(1);
    expect(first.names).toEqual(["s-2"]);
    expect(await namesOf(1, first.next ?? "")).toEqual({ names: ["s-1"], next: null });
  });

  test("are read turn by turn", async () => {
    const session = await held.ledger.records.readSession("s-1");
    expect(
      session?.turns.map(({ trace_id, records: count, cost_usd_micros }) => [trace_id, count, cost_usd_micros]),
    ).toEqual([0, 1, 2].map((index) => [traceIdFrom(`t${index}`), 5, 500]));
    expect(session?.turns[0]?.calls.map(({ name }) => name)).toEqual(["chat"]);
    for (const none of ["", "nobody", "\0", "' or true --"])
      expect(await held.ledger.records.readSession(none)).toBeUndefined();
  });
});

describe("what callers get wrong", () => {
  const told = (query: Partial<RecordQuery>) =>
    records(query).then(
      () => "nothing",
      ({ code, status }: { code: string; status: number }) => `${code} ${status}`,
    );

  test("is refused and said", async () => {
    expect(await told({ filter: "modle:x" })).toBe("ledger.unknown_filter_field 400");
    expect(await told({ filter: "cost:>" })).toBe("ledger.bad_filter 400");
    expect(await told({ cursor: "x" })).toBe("ledger.bad_cursor 400");
    expect(await told({ since_ms: 0 })).toBe("ledger.window_too_wide 400");
  });

  test("finds nothing, and breaks nothing", async () => {
    for (const text of ["\0", "\ud800", "' or true --", "é".repeat(500), "%", String.raw`\\`])
      for (const field of ["model", "tag", "data.a", `"attribute.x${text.replaceAll('"', "")}"`])
        expect(await told({ filter: `${field}:"${text.replaceAll("\\", "\\\\")}"` })).toBe("nothing");
    for (const bound of [NOW, 9e15, -9e15, 1.5]) await told({ since_ms: bound, until_ms: bound });
  });
});
