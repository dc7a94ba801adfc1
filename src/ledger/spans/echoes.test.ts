// A call that an application traces and the gateway serves, with nothing between them but the id of the vendor's answer.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { TestDatabase } from "../../../test/support/database.ts";
import type { CallRecord } from "../contract.ts";
import type { Ledger } from "../index.ts";
import { recordCall, startLedgerDatabase, startTestLedger, until, untilProjected } from "../ledger.fixture.ts";
import { type SpanParts, spanOf } from "./spans.fixture.ts";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
// Longer than what is told after a span takes to be on record, however busy the machine is.
const LATER_MS = 300;
const held = {
  database: undefined as never as TestDatabase,
  ledger: undefined as never as Ledger,
  other: undefined as never as Ledger,
};
const clock = { skewMs: 0 };

beforeAll(async () => {
  held.database = await startLedgerDatabase();
  // No minute is summed: its marks stay, to be counted.
  const config = { projector: { interval: 1, retry_max: 50, look_again: LATER_MS }, sums: { settle: 60 * MINUTE_MS } };
  const world = { nowMs: () => Date.now() + clock.skewMs };
  held.ledger = (await startTestLedger(held.database, { config, world })).ledger;
  held.other = (await startTestLedger(held.database, { config, world })).ledger;
});
afterAll(async () => {
  await held.ledger.close();
  await held.other.close();
  await held.database.close();
});

const newTrace = (): string => Bun.randomUUIDv7().replaceAll("-", "");
const newAnswer = (): string => `chatcmpl-${newTrace()}`;

function call(responseId: string | null, ledger = held.ledger, change?: (record: CallRecord) => void): string {
  return recordCall(ledger, {
    change(record) {
      if (record.answer) record.answer.response_id = responseId;
      change?.(record);
    },
  });
}

function span(response_id: string | null, parts: SpanParts = {}, ledger = held.ledger): string {
  const record = spanOf({ trace_id: newTrace(), response_id, ...parts });
  ledger.append([{ record }]);
  return record.id;
}

interface Row {
  id: string;
  is_counted: boolean;
  same_as: string | null;
}

async function rowOf(id: string): Promise<Row | undefined> {
  const { rows } = await held.database.storage.pool.query<Row>(
    "select id, is_counted, same_as from ledger_records where id = $1",
    [id],
  );
  return rows[0];
}

async function untilAllIsIn(): Promise<void> {
  await untilProjected(held.ledger);
  await untilProjected(held.other);
}

async function expectOnce(ids: { call: string; span: string }): Promise<void> {
  await untilAllIsIn();
  await until("the span is known for the call", async () => (await rowOf(ids.span))?.is_counted === false);
  expect(await rowOf(ids.span)).toMatchObject({ is_counted: false, same_as: ids.call });
  expect(await rowOf(ids.call)).toMatchObject({ is_counted: true, same_as: null });
}

/** After both looks at it. */
async function expectBoth(ids: { call: string; span: string }): Promise<void> {
  await untilAllIsIn();
  const probe = newAnswer();
  const witness = { span: span(probe), call: "" };
  await untilAllIsIn();
  witness.call = call(probe);
  await expectOnce(witness);
  expect(await rowOf(ids.span)).toMatchObject({ is_counted: true, same_as: null });
  expect(await rowOf(ids.call)).toMatchObject({ is_counted: true });
}

describe("a call that is traced without the header is counted once", () => {
  test("where its span comes after it, in the same batch or another", async () => {
    const id = newAnswer();
    const first = call(id);
    await expectOnce({ call: first, span: span(id) });
    const later = newAnswer();
    const second = call(later);
    await untilAllIsIn();
    await expectOnce({ call: second, span: span(later) });
  });

  test("where its span comes before it, in the same batch or another", async () => {
    const id = newAnswer();
    const first = span(id);
    await expectOnce({ span: first, call: call(id) });
    const later = newAnswer();
    const second = span(later);
    await untilAllIsIn();
    await expectOnce({ span: second, call: call(later) });
  });

  test("where two processes took them, in either order", async () => {
    const id = newAnswer();
    const first = call(id, held.other);
    await untilAllIsIn();
    await expectOnce({ call: first, span: span(id) });
    const later = newAnswer();
    const second = span(later);
    await untilAllIsIn();
    await expectOnce({ span: second, call: call(later, held.other) });
    const [atOnce, begun] = [newAnswer(), Date.now()];
    await expectOnce({ span: span(atOnce, { started_at_ms: begun }), call: call(atOnce, held.other) });
  });

  test("where the application's clock is half a minute off", async () => {
    const id = newAnswer();
    await expectOnce({ call: call(id), span: span(id, { started_at_ms: Date.now() - 30 * SECOND_MS }) });
  });

  test("where two libraries trace it, each with what stands around it", async () => {
    const id = newAnswer();
    const outer = spanOf({ trace_id: newTrace() });
    held.ledger.append([{ record: outer }]);
    const inner = span(id, { trace_id: outer.trace_id, parent_span_id: outer.span_id });
    const other = span(id);
    const own = call(id);
    await expectOnce({ call: own, span: inner });
    await expectOnce({ call: own, span: other });
    expect(await rowOf(outer.id)).toMatchObject({ is_counted: false });
  });

  test("where a library below says the same without the id", async () => {
    const id = newAnswer();
    const outer = spanOf({ trace_id: newTrace(), response_id: id });
    held.ledger.append([{ record: outer }]);
    const inner = span(null, { trace_id: outer.trace_id, parent_span_id: outer.span_id });
    await expectOnce({ call: call(id), span: outer.id });
    expect(await rowOf(inner)).toMatchObject({ is_counted: false, same_as: null });
  });

  test("where the answer bears the id of our own call", async () => {
    const first = call(null);
    await expectOnce({ call: first, span: span(`resp_bn${first.replaceAll("-", "")}`) });
    const second = call("");
    await expectOnce({ call: second, span: span(second) });
  });

  test("and stays so when its trace grows, and when it is sent again", async () => {
    const id = newAnswer();
    const record = spanOf({ trace_id: newTrace(), response_id: id });
    held.ledger.append([{ record: structuredClone(record) }]);
    const own = call(id);
    await expectOnce({ call: own, span: record.id });
    const sibling = span(newAnswer(), { trace_id: record.trace_id });
    held.ledger.append([{ record: { ...record, duration_ms: record.duration_ms + 1 } }]);
    await expectOnce({ call: own, span: record.id });
    expect(await rowOf(sibling)).toMatchObject({ is_counted: true, same_as: null });
  });
});

describe("both are counted", () => {
  test("where equal ids of different vendors are far apart in time", async () => {
    const id = newAnswer();
    await expectBoth({ call: call(id), span: span(id, { started_at_ms: Date.now() - 300 * SECOND_MS }) });
  });

  test("where neither says an id, or an empty one", async () => {
    for (const id of [null, ""]) await expectBoth({ call: call(id), span: span(id) });
  });

  test("where the call came to nothing", async () => {
    const id = newAnswer();
    const failed = call(id, held.ledger, (record) => void (record.outcome = "failed"));
    await expectBoth({ call: failed, span: span(id) });
  });
});

test("the minute of a span that is known later is marked again", async () => {
  const id = newAnswer();
  // Both in one minute, however long it takes to write them.
  const halfPastMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - MINUTE_MS / 2;
  const later = span(id, { started_at_ms: halfPastMs });
  await untilAllIsIn();
  await held.database.storage.pool.query("delete from ledger_dirty_minutes");
  clock.skewMs = halfPastMs - Date.now();
  const own = call(id, held.other);
  clock.skewMs = 0;
  await expectOnce({ call: own, span: later });
  const { rows } = await held.database.storage.pool.query<{ marks: number }>(
    `select marks::int from ledger_dirty_minutes join ledger_records on minute = date_trunc('minute', started_at, 'UTC') where id = $1`,
    [later],
  );
  expect(rows[0]?.marks).toBeGreaterThanOrEqual(2);
});

test("a record says which call it is", async () => {
  const id = newAnswer();
  const ids = { call: call(id), span: span(id) };
  await expectOnce(ids);
  const found = await held.ledger.records.findRecord(ids.span);
  expect(found?.summary).toMatchObject({ counted: false, same_as: ids.call });
});
