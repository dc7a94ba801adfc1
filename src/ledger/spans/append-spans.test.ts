// Spans of other programs on record: whole, once, and never lost between the journal and PostgreSQL.
import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import type { TestDatabase } from "../../../test/support/database.ts";
import { isAppError } from "../../kernel/index.ts";
import type { SpanRecord } from "../contract.ts";
import type { Ledger } from "../index.ts";
import { writeBytes } from "../journal/segment-writer.ts";
import {
  idsIn,
  newFolder,
  numberFrom,
  recordCall,
  startLedgerDatabase,
  startTestLedger,
  until,
  untilProjected,
  withoutServer,
} from "../ledger.fixture.ts";
import { spanOf, TRACE } from "./spans.fixture.ts";

const held = { database: undefined as never as TestDatabase };
const opened: TestDatabase[] = [];
beforeEach(async () => {
  held.database = await startLedgerDatabase();
  opened.push(held.database);
});
afterAll(async () => {
  for (const database of opened) await database.close();
});

const TEXT = "text/plain";
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const rowsOf = async (statement: string) =>
  (await held.database.storage.pool.query<Record<string, unknown>>(statement)).rows;
const codeOf = (action: () => void): string => {
  try {
    action();
    return "none";
  } catch (error) {
    return isAppError(error) ? error.code : String(error);
  }
};

function toldOf(): SpanRecord {
  return spanOf({
    started_at_ms: 1_790_000_000_000.75,
    parent_span_id: "00f067aa0ba902b7",
    session: "s",
    who: { key_id: "key-1", key_name: "k", user: "ann", team: "core", project: "p", tags: ["a b", 'c"d,e'] },
    answer_model: "gpt-4o-2024",
    prompt: { name: "greet", version: "3" },
    cost: { usd_micros: 7, source: "computed", price_version: "1" },
    first_token_ms: 20.5,
    outcome: "failed",
    error: { code: "rate_limit", message: "slow down" },
    attributes: { "some.thing": ["é", { deep: null }] },
  });
}

test("a span is on record with its columns, its bodies and all that it said", async () => {
  const { ledger } = await startTestLedger(held.database);
  const heard: SpanRecord[] = [];
  ledger.subscribeSpans((record) => heard.push(record));
  const record = toldOf();
  const body = (content: string) => ({ media_type: TEXT, content });
  ledger.append([{ record, request: body("asked"), response: body("answered ".repeat(1000)) }]);
  await untilProjected(ledger);
  const [row] = await rowsOf(`
    select *, trace_id::text as trace, encode(span_id, 'hex') as span, encode(parent_span_id, 'hex') as parent,
      extract(epoch from started_at) * 1000 as started_ms, data::text as said from ledger_records`);
  expect(row).toMatchObject({
    id: record.id,
    kind: "call",
    is_own: false,
    is_counted: true,
    trace: "0af76519-16cd-43dd-8448-eb211c80319c",
    span: record.span_id,
    parent: "00f067aa0ba902b7",
    started_ms: "1790000000000.000000",
    name: "chat gpt-4o",
    key_id: "key-1",
    session: "s",
    user_name: "ann",
    team: "core",
    project: "p",
    tags: ["a b", 'c"d,e'],
    service: "shop",
    environment: "production",
    model: "gpt-4o",
    answer_model: "gpt-4o-2024",
    vendor: "openai",
    prompt: "greet@3",
    operation: "chat",
    outcome: "failed",
    error_code: "rate_limit",
    finish_reason: "stop",
    input_tokens: 100,
    output_tokens: 20,
    cost_usd_micros: 7,
    duration_ms: 120.5,
    first_token_ms: 20.5,
    route: null,
    cache: null,
    saved_usd_micros: null,
  });
  expect(JSON.parse(String(row?.["said"]))).toEqual(record);
  expect(record.bodies).toMatchObject({ request: { size_bytes: 5 }, response: { size_bytes: 9000 } });
  expect(heard).toEqual([record]);
  const bodies = await ledger.readBodies(record.id);
  expect(Buffer.from(bodies?.response ?? []).toString()).toBe("answered ".repeat(1000));
  expect((await ledger.listCalls({ limit: 10, since_ms: 0 })).calls).toEqual([]);
  expect(await ledger.findCall(record.id)).toBeUndefined();
  await ledger.close();
});

test("five hundred are in the journal with one write", async () => {
  let writes = 0;
  const { ledger } = await startTestLedger(held.database, {
    write(bytes, place) {
      writes += 1;
      return writeBytes(bytes, place);
    },
  });
  const spans = times(500, () => ({ record: spanOf(), request: { media_type: TEXT, content: "q".repeat(500) } }));
  ledger.append(spans);
  expect(writes).toBe(1);
  await untilProjected(ledger);
  expect(await idsIn(held.database)).toEqual(spans.map(({ record }) => record.id).toSorted());
  await ledger.close();
});

describe("a span that comes again", () => {
  const about = (duration_ms: number, more: object = {}) =>
    spanOf({ span_id: "00f067aa0ba902b7", started_at_ms: 1_790_000_000_000, duration_ms, ...more });
  const longer = about(900, { attributes: { said: "longer" } });
  const fuller = about(100, { attributes: { said: "more of it" } });
  const plain = about(100);
  const said = async (): Promise<string> =>
    JSON.stringify(await rowsOf("select data->'attributes' as a from ledger_records"));

  async function arrive(ledger: Ledger, spans: readonly SpanRecord[], apart: boolean): Promise<void> {
    for (const span of spans) {
      ledger.append([
        { record: structuredClone(span), request: { media_type: TEXT, content: JSON.stringify(span.attributes) } },
      ]);
      if (apart) await untilProjected(ledger);
    }
    await untilProjected(ledger);
  }

  for (const apart of [false, true])
    test(`is there once; the one that ended later, or says more, stays${apart ? ", in batches of their own" : ""}`, async () => {
      const { ledger } = await startTestLedger(held.database);
      const orders = [
        { spans: [plain, fuller, longer], stays: longer },
        { spans: [longer, plain, fuller], stays: longer },
        { spans: [fuller, plain], stays: fuller },
        { spans: [plain, plain, fuller, fuller], stays: fuller },
      ];
      for (const { spans, stays } of orders) {
        await held.database.storage.pool.query("truncate ledger_records, ledger_bodies");
        await arrive(ledger, spans, apart);
        expect(await said()).toBe(JSON.stringify([{ a: stays.attributes }]));
        const bodies = await ledger.readBodies(stays.id);
        expect(Buffer.from(bodies?.request ?? []).toString()).toBe(JSON.stringify(stays.attributes));
      }
      await ledger.close();
    });

  test("as it was changes nothing, not the row itself", async () => {
    const { ledger } = await startTestLedger(held.database);
    await arrive(ledger, [longer], true);
    const place = await rowsOf("select ctid, xmin from ledger_records");
    await arrive(ledger, [longer, longer], true);
    expect(await rowsOf("select ctid, xmin from ledger_records")).toEqual(place);
    await ledger.close();
  });
});

describe("the journal", () => {
  test("takes no spans while it is nearly full, and still takes calls", async () => {
    const { storage } = held.database;
    let isAway = true;
    const config = {
      journal: { max_bytes: 400_000, segment_bytes: 50_000 },
      bodies: { max_bytes: 10_000 },
      projector: { interval: 1, retry_max: 5 },
    };
    const { ledger, folder } = await startTestLedger(
      { storage: { ...storage, isAvailable: () => !isAway } },
      { config },
    );
    const kept: string[] = [];
    const append = (): string =>
      codeOf(() => {
        const record = spanOf();
        ledger.append([{ record, request: { media_type: TEXT, content: "x".repeat(2000) } }]);
        kept.push(record.id);
      });
    let code = "none";
    while (code === "none") code = append();
    expect(code).toBe("ledger.journal_full");
    expect(ledger.state().journal_bytes).toBeWithin(280_000, 300_001);
    kept.push(recordCall(ledger));
    isAway = false;
    await until("there is room again", () => append() === "none");
    await untilProjected(ledger);
    expect(await idsIn(held.database)).toEqual(kept.toSorted());
    expect(folder).toBeDefined();
    await ledger.close();
  });

  test("says so when the disk is full, and has them all once it is not", async () => {
    let isFull = false;
    const { ledger } = await startTestLedger(held.database, {
      write(bytes, place) {
        if (isFull) throw new Error("ENOSPC: no space left on device");
        return writeBytes(bytes, place);
      },
    });
    const spans = times(20, () => ({ record: spanOf() }));
    isFull = true;
    expect(codeOf(() => ledger.append(spans))).toBe("ledger.journal_failed");
    expect(codeOf(() => ledger.append(spans))).toBe("ledger.journal_failed");
    isFull = false;
    ledger.append(spans);
    await untilProjected(ledger);
    expect(await idsIn(held.database)).toEqual(spans.map(({ record }) => record.id).toSorted());
    await ledger.close();
  });

  test("has them after the process died, once, although their sender sent them again", async () => {
    const folder = newFolder();
    const dead = await startTestLedger({ storage: withoutServer(held.database.storage) }, { folder });
    const spans = times(30, () => ({ record: spanOf() }));
    dead.ledger.append(spans);
    // Nothing is closed: what stands in the file is all there is.
    const { ledger } = await startTestLedger(held.database, { folder });
    ledger.append(spans.map(({ record }) => ({ record: structuredClone(record) })));
    await untilProjected(ledger);
    expect(await idsIn(held.database)).toEqual(spans.map(({ record }) => record.id).toSorted());
    await ledger.close();
    await dead.ledger.close();
  });
});

describe("PostgreSQL", () => {
  test("takes all of a batch but the span that it refuses", async () => {
    const { ledger } = await startTestLedger(held.database);
    const bad = spanOf({ cost: { usd_micros: 1e300, source: "reported", price_version: null } });
    const spans = times(40, (index) => (index === 17 ? bad : spanOf()));
    ledger.append(spans.map((record) => ({ record })));
    const call = recordCall(ledger);
    await untilProjected(ledger);
    const good = spans.filter((span) => span !== bad).map(({ id }) => id);
    expect(await idsIn(held.database)).toEqual([...good, call].toSorted());
    expect(await numberFrom(held.database, "select count(*) from ledger_rejected")).toBe(1);
    await ledger.close();
  });

  test("that goes away within a batch has none of it, and then all of it", async () => {
    const { pool } = held.database.storage;
    await pool.query(`
      create function wait_for_the_test() returns trigger language plpgsql as
      $$ begin perform pg_advisory_xact_lock_shared(42); return new; end $$`);
    // The last statement of the batch: its spans are in by then.
    await pool.query("create trigger wait before insert on ledger_dirty_minutes execute function wait_for_the_test()");
    const blocker = await pool.connect();
    await blocker.query("select pg_advisory_lock(42)");
    const { ledger } = await startTestLedger(held.database);
    const spans = times(10, () => spanOf());
    ledger.append(spans.map((record) => ({ record })));
    const inTheAct = `from pg_locks where locktype = 'advisory' and objid = 42 and not granted
      and database = (select oid from pg_database where datname = current_database())`;
    await until(
      "the batch is half written",
      async () => (await numberFrom(held.database, `select count(*) ${inTheAct}`)) === 1,
    );
    await pool.query(`select pg_terminate_backend(pid) ${inTheAct}`);
    await until("the failure is seen", () => ledger.state().last_error !== null);
    expect(await idsIn(held.database)).toEqual([]);
    await blocker.query("select pg_advisory_unlock(42)");
    blocker.release();
    await untilProjected(ledger);
    expect(await idsIn(held.database)).toEqual(spans.map(({ id }) => id).toSorted());
    await ledger.close();
  });

  test("has spans of any time, and any text", async () => {
    const { ledger } = await startTestLedger(held.database);
    const spans = [0, 1, 4_102_444_800_000, 253_402_300_799_999].map((started_at_ms) => spanOf({ started_at_ms }));
    spans.push(
      spanOf({
        name: 'a\0b\n\t"\\,(){}',
        model: "",
        service: { name: "\ud800", version: null, environment: "{NULL}", release: null },
      }),
    );
    spans.push(spanOf({ name: "é".repeat(5000), attributes: { bad: "\0\ud800" } }));
    ledger.append(spans.map((record) => ({ record })));
    await untilProjected(ledger);
    expect(await idsIn(held.database)).toEqual(spans.map(({ id }) => id).toSorted());
    const [row] = await rowsOf(`select name, model, service, environment from ledger_records where model = ''`);
    expect(row).toEqual({ name: 'a\uFFFDb\n\t"\\,(){}', model: "", service: "\uFFFD", environment: "{NULL}" });
    expect(
      await numberFrom(held.database, "select count(*) from ledger_records where trace_id = '" + TRACE + "'"),
    ).toBe(6);
    await ledger.close();
  });
});
