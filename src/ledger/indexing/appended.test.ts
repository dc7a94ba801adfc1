// Spans on their whole way: through the journal, into PostgreSQL, to being found by their words.
import { afterAll, beforeAll, expect, test } from "bun:test";
import type { TestDatabase } from "../../../test/support/database.ts";
import type { Ledger } from "../index.ts";
import { JSON_BODY, startLedgerDatabase, startTestLedger, until } from "../ledger.fixture.ts";
import { spanRecordOf, type TestSpan } from "../records/records.fixture.ts";

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
