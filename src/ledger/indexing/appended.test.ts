// Spans on their whole way: through the journal, into PostgreSQL, to being found by their words.
import { afterAll, beforeAll, expect, test } from "bun:test";
import type { TestDatabase } from "../../../test/support/database.ts";
import type { Ledger } from "../index.ts";
import { JSON_BODY, recordCall, startLedgerDatabase, startTestLedger, until } from "../ledger.fixture.ts";
import { spanRecordOf, type TestSpan, traceIdFrom } from "../records/records.fixture.ts";

const NOW = Date.UTC(2026, 8, 22, 12);
let database: TestDatabase;
let ledger: Ledger;

beforeAll(async () => {
  database = await startLedgerDatabase();
  const started = await startTestLedger(database, { world: { nowMs: () => NOW }, config: { search: { interval: 1 } } });
  ledger = started.ledger;
});
afterAll(async () => {
  await ledger.close();
  await database.close();
});

const append = (span: TestSpan) =>
  ledger.append([{ record: spanRecordOf(span), request: { media_type: JSON_BODY, content: span.request ?? "" } }]);
const found = async (filter: string) => (await ledger.records.listRecords({ limit: 10, filter })).records.length;

test("a span is found by its words; and by others, when it comes again and says more", async () => {
  const span = { trace: "t", span: "s", parent: "gone", at: NOW - 1000 };
  append({ ...span, ms: 10, request: '{"a":"an early bird"}' });
  await until("it is found", async () => (await found('"early bird"')) === 1);
  append({ ...span, ms: 900, request: '{"a":"a late riser"}' });
  await until("it is found by what it said later", async () => (await found('"late riser"')) === 1);
  expect(await found("early")).toBe(0);
  const { traces } = await ledger.records.listTraces({ limit: 10, match: "root" });
  expect(traces).toMatchObject([{ root_is_known: false, totals: { records: 1 } }]);
});

test("a call that comes after what hangs on it is the root of their trace, and is found by its words at once", async () => {
  append({ trace: "late", span: "child", parent: "call", at: NOW - 500, request: '{"a":"an anchor"}' });
  const trace_id = traceIdFrom("late");
  const listed = async () =>
    (await ledger.records.listTraces({ limit: 10, match: "root" })).traces.find((trace) => trace.trace_id === trace_id);
  // Its words are there with it, what stands for its trace a moment later.
  await until("its trace is listed", async () => (await listed()) !== undefined);
  expect(await found("anchor")).toBe(1);
  expect(await listed()).toMatchObject({ root_is_known: false });
  const request = { media_type: JSON_BODY, content: '{"say":"5e3a weighs ünder 12abc"}' };
  recordCall(ledger, { start: { trace_id, request } });
  await until("its root is known", async () => (await listed())?.root_is_known === true);
  for (const words of ["5e3a", "12abc", '"weighs ünder"', "ünd*"])
    expect([words, await found(words)]).toEqual([words, 1]);
  expect(await found('"ünder weighs"')).toBe(0);
});
