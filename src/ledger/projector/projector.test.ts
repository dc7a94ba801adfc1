// Every way in which records could be lost, doubled or held up between the journal and PostgreSQL.
import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { cpSync } from "node:fs";
import type { TestDatabase } from "../../../test/support/database.ts";
import { MODEL_NAME_CHARS_MAX } from "../open-call.ts";
import { isAppError } from "../../kernel/index.ts";
import {
  idsIn,
  newFolder,
  numberFrom,
  recordCall,
  shutDatabase,
  startLedgerDatabase,
  startTestLedger,
  until,
  untilProjected,
  withoutServer,
} from "../ledger.fixture.ts";

/** Each test has a database of its own. */
function useDatabase(): { current: TestDatabase } {
  const held: { current: TestDatabase } = { current: undefined as never };
  const opened: TestDatabase[] = [];
  beforeEach(async () => {
    held.current = await startLedgerDatabase();
    opened.push(held.current);
  });
  afterAll(async () => {
    for (const database of opened) await database.close();
  });
  return held;
}

const database = useDatabase();
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

test("every record arrives once, as it was closed", async () => {
  const { ledger } = await startTestLedger(database.current, {
    config: { projector: { interval: 1, batch_records_max: 7 } },
  });
  const ids = times(100, (index) => recordCall(ledger, { start: { model: `m-${index}` } }));
  await untilProjected(ledger);
  expect(await idsIn(database.current)).toEqual(ids.toSorted());
  const { rows } = await database.current.storage.pool.query(
    "select data->>'model' as model, model as name, input_tokens, cost_usd_micros, outcome, vendor from ledger_records order by id",
  );
  expect(rows.map(({ model }) => model).toSorted()).toEqual(times(100, (index) => `m-${index}`).toSorted());
  for (const row of rows)
    expect(row).toEqual({
      model: row.name,
      name: row.name,
      input_tokens: 12,
      cost_usd_micros: 56,
      outcome: "ok",
      vendor: "sim",
    });
  expect(ledger.state()).toMatchObject({
    pending_records: 0,
    journal_bytes: 0,
    lag_ms: 0,
    projected_records: 100,
    last_error: null,
  });
  await ledger.close();
});

test("a restart goes on where the checkpoint stood", async () => {
  const folder = newFolder();
  const first = await startTestLedger(database.current, { folder });
  const ids = times(30, () => recordCall(first.ledger));
  await untilProjected(first.ledger);
  await first.ledger.close();
  const offline = await startTestLedger({ storage: withoutServer(database.current.storage) }, { folder });
  ids.push(...times(20, () => recordCall(offline.ledger)));
  expect(offline.ledger.state().pending_records).toBeGreaterThanOrEqual(20);
  await offline.ledger.close();
  const second = await startTestLedger(database.current, { folder });
  await untilProjected(second.ledger);
  expect(second.ledger.state().projected_records).toBe(20);
  expect(await idsIn(database.current)).toEqual(ids.toSorted());
  await second.ledger.close();
});

test("the same journal a second time changes nothing", async () => {
  const folder = newFolder();
  const offline = await startTestLedger({ storage: withoutServer(database.current.storage) }, { folder });
  times(50, () => recordCall(offline.ledger));
  await offline.ledger.close();
  const contents = async () =>
    (
      await database.current.storage.pool.query(
        "select c.*, (select sum(length(request) + length(response)) from ledger_bodies) as bodies from ledger_records c order by id",
      )
    ).rows;
  const copies = times(3, () => {
    const copy = newFolder();
    cpSync(folder, copy, { recursive: true });
    return copy;
  });
  const seen = [];
  for (const [round, copy] of copies.entries()) {
    // First it is new; then the checkpoint is past it; then the checkpoint is lost.
    if (round === 2)
      await database.current.storage.pool.query(
        "update ledger_checkpoints set segment = 0, segment_offset = 0, record = 0",
      );
    const { ledger } = await startTestLedger(database.current, { folder: copy });
    await untilProjected(ledger);
    seen.push(await contents());
    await ledger.close();
  }
  expect(seen[0]?.length).toBe(50);
  expect(seen[1]).toEqual(seen[0] ?? []);
  expect(seen[2]).toEqual(seen[0] ?? []);
});

test("a connection that dies within the transaction takes all of the batch back, and it comes again whole", async () => {
  const { pool } = database.current.storage;
  await pool.query(`
    create function wait_for_the_test() returns trigger language plpgsql as
    $$ begin perform pg_advisory_xact_lock_shared(42); return new; end $$`);
  await pool.query(
    "create trigger wait before insert on ledger_records for each row execute function wait_for_the_test()",
  );
  const held = await pool.connect();
  await held.query("select pg_advisory_lock(42)");
  const { ledger } = await startTestLedger(database.current);
  const ids = times(10, () => recordCall(ledger));
  const inTheAct =
    "from pg_locks where locktype = 'advisory' and objid = 42 and not granted and database = (select oid from pg_database where datname = current_database())";
  await until(
    "the batch is half written",
    async () => (await numberFrom(database.current, `select count(*) ${inTheAct}`)) === 1,
  );
  await pool.query(`select pg_terminate_backend(pid) ${inTheAct}`);
  await until("the failure is seen", () => ledger.state().last_error !== null);
  expect(await idsIn(database.current)).toEqual([]);
  expect(await numberFrom(database.current, "select count(*) from ledger_bodies")).toBe(0);
  expect(await numberFrom(database.current, "select sum(record) from ledger_checkpoints")).toBe(0);
  await held.query("select pg_advisory_unlock(42)");
  held.release();
  await untilProjected(ledger);
  expect(await idsIn(database.current)).toEqual(ids.toSorted());
  await ledger.close();
});

test("a database that is away for a while gets every record once when it is back", async () => {
  const { ledger, lines } = await startTestLedger(database.current, {
    config: { projector: { interval: 1, retry_max: 20, batch_records_max: 10 } },
  });
  const ids = times(20, () => recordCall(ledger));
  const open = await shutDatabase(database.current);
  ids.push(...times(100, () => recordCall(ledger)));
  await until("the loss is noticed", () => ledger.state().last_error !== null);
  ids.push(...times(100, () => recordCall(ledger)));
  expect(ledger.state().pending_records).toBeGreaterThanOrEqual(200);
  expect(ledger.state().lag_ms).toBeGreaterThan(0);
  await open();
  await untilProjected(ledger);
  expect(await idsIn(database.current)).toEqual(ids.toSorted());
  expect(ledger.state().last_error).toBeNull();
  // Others, who also ask the database, may say something of their own at any time.
  const [lost, found] = ["records wait for the database", "records reach the database again"];
  const messages = lines.map(({ msg }) => msg).filter((message) => [lost, found].includes(message));
  expect([messages[0], messages.at(-1)]).toEqual([lost, found]);
  await ledger.close();
});

describe("a record that PostgreSQL refuses", () => {
  test("is put aside with the reason, and all others arrive", async () => {
    const { ledger, lines } = await startTestLedger(database.current);
    const poisonous = new Set([0, 1, 40, 77, 99]);
    const ids = times(100, (index) =>
      recordCall(ledger, { change: (record) => void (record.cost.usd_micros = poisonous.has(index) ? 1e300 : 1) }),
    );
    await untilProjected(ledger);
    expect(await idsIn(database.current)).toEqual(ids.filter((_, index) => !poisonous.has(index)).toSorted());
    const { rows } = await database.current.storage.pool.query<{ error: string; frame: Buffer }>(
      "select error, frame from ledger_rejected order by segment, segment_offset",
    );
    expect(rows.length).toBe(poisonous.size);
    for (const [place, index] of [...poisonous].entries()) {
      expect(rows[place]?.error).toContain("bigint");
      expect(rows[place]?.frame.toString("latin1")).toContain(ids[index] ?? "");
    }
    expect(ledger.state()).toMatchObject({
      projected_records: 100,
      last_error: expect.stringContaining("refused 5 records"),
    });
    expect(lines.filter(({ level }) => level >= 50).length).toBe(5);
    await ledger.close();
  });

  test("only for a character that it cannot hold is taken with that character replaced", async () => {
    const { ledger } = await startTestLedger(database.current);
    const id = recordCall(ledger, { start: { model: "a\0b\ud800c\\u0000d" } });
    const other = recordCall(ledger, { start: { model: "fine 🙂 \\ud800" } });
    await untilProjected(ledger);
    const { rows } = await database.current.storage.pool.query(
      "select data->>'model' as model, id from ledger_records order by 1",
    );
    expect(rows).toEqual([
      { model: "a\uFFFDb\uFFFDc\\u0000d", id },
      { model: "fine 🙂 \\ud800", id: other },
    ]);
    expect(await numberFrom(database.current, "select count(*) from ledger_rejected")).toBe(0);
    await ledger.close();
  });

  test("is not one with a name of any length", async () => {
    const { ledger } = await startTestLedger(database.current);
    const model = "é".repeat(100_000);
    const id = recordCall(ledger, { start: { model } });
    await untilProjected(ledger);
    expect((await ledger.findCall(id))?.model).toBe(model.slice(0, MODEL_NAME_CHARS_MAX));
    expect(await numberFrom(database.current, "select length(model) from ledger_records")).toBe(256);
    await ledger.close();
  });
});

test("several journals fill one database, and none disturbs another", async () => {
  const ledgers = await Promise.all(times(3, () => startTestLedger(database.current)));
  const ids = times(150, (index) => recordCall(ledgers[index % 3]?.ledger ?? (undefined as never)));
  for (const { ledger } of ledgers) await untilProjected(ledger);
  expect(await idsIn(database.current)).toEqual(ids.toSorted());
  expect(await numberFrom(database.current, "select count(*) from ledger_checkpoints")).toBe(3);
  for (const { ledger } of ledgers) await ledger.close();
});

test("two processes on one journal, which nothing should allow, double nothing", async () => {
  const folder = newFolder();
  const offline = await startTestLedger({ storage: withoutServer(database.current.storage) }, { folder });
  const ids = times(200, () => recordCall(offline.ledger));
  await offline.ledger.close();
  const copy = newFolder();
  cpSync(folder, copy, { recursive: true });
  const config = { projector: { interval: 1, retry_max: 5, batch_records_max: 10 } };
  const twins = await Promise.all(
    [folder, copy].map((place) => startTestLedger(database.current, { folder: place, config })),
  );
  for (const { ledger } of twins) await untilProjected(ledger);
  expect(await idsIn(database.current)).toEqual(ids.toSorted());
  for (const { ledger } of twins) await ledger.close();
});

test("calls are turned away while the journal is full, and let in again when the database has caught up", async () => {
  const { storage } = database.current;
  let isAway = true;
  const config = {
    journal: { max_bytes: 300_000, segment_bytes: 50_000 },
    bodies: { max_bytes: 10_000 },
    projector: { interval: 1, retry_max: 5 },
  };
  const { ledger, folder } = await startTestLedger({ storage: { ...storage, isAvailable: () => !isAway } }, { config });
  const ids: string[] = [];
  const record = (): boolean => {
    try {
      return ids.push(recordCall(ledger, { response: "x".repeat(5000) })) > 0;
    } catch (error) {
      if (isAppError(error) && error.code === "ledger.journal_full") return false;
      throw error;
    }
  };
  while (record());
  expect(ledger.state().journal_bytes).toBeGreaterThan(200_000);
  isAway = false;
  await until("there is room again", record);
  await untilProjected(ledger);
  expect(await idsIn(database.current)).toEqual(ids.toSorted());
  expect(folder).toBeString();
  await ledger.close();
});

test("closing writes what is left, and leaves what it cannot write to the next start", async () => {
  const folder = newFolder();
  const config = { projector: { interval: 60_000 }, close_timeout: 60_000 };
  const first = await startTestLedger(database.current, { folder, config });
  const ids = times(20, () => recordCall(first.ledger));
  await first.ledger.close();
  expect(await idsIn(database.current)).toEqual(ids.toSorted());
  const offline = await startTestLedger({ storage: withoutServer(database.current.storage) }, { folder });
  ids.push(recordCall(offline.ledger));
  await offline.ledger.close();
  expect(offline.lines.at(-1)).toMatchObject({ msg: "records wait in the journal for the next start" });
  const last = await startTestLedger(database.current, { folder });
  await untilProjected(last.ledger);
  expect(await idsIn(database.current)).toEqual(ids.toSorted());
  await last.ledger.close();
});

test("a call that a wrong clock puts into another century is on record all the same", async () => {
  const { ledger } = await startTestLedger(database.current, { world: { nowMs: () => 86_400_000 * 400 } });
  const now = recordCall(ledger);
  await untilProjected(ledger);
  await ledger.close();
  let timeMs = 4_102_444_800_000;
  const { ledger: late } = await startTestLedger(database.current, {
    world: { nowMs: () => (timeMs -= 40 * 86_400_000) },
  });
  const ids = [now, ...times(5, () => recordCall(late))];
  await untilProjected(late);
  expect(await idsIn(database.current)).toEqual(ids.toSorted());
  await late.close();
});
