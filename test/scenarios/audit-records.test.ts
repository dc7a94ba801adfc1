// Records of calls against the audit trail: what somebody did to one is found, and nothing that died in between is.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { startTestApp, type TestApp } from "../support/app.ts";
import { startAppDatabase } from "../support/app-database.ts";
import type { TestDatabase } from "../support/database.ts";
import { until } from "../support/until.ts";

let database: TestDatabase;
let app: TestApp;
beforeAll(async () => {
  database = await startAppDatabase();
  app = await startTestApp({
    database,
    config: "audit: { sequencer: { interval: 20ms }, executions: { interval: 50ms } }",
  });
});
afterAll(() => app.close());

async function callOnTrail(): Promise<string> {
  const answer = await app.chat({ model: "sim/sim-instant", messages: [{ role: "user", content: "hi" }] });
  await answer.text();
  const id = answer.headers.get("x-binnacle-call-id") ?? "";
  await untilPlaced(id);
  return id;
}

/** Where connections were cut, the trail may not be told for a moment. */
const untilPlaced = (id: string): Promise<void> =>
  until(async () => {
    const { entries } = await app.client.audit.list({ call: id }).catch(() => ({ entries: [] }));
    return typeof entries[0]?.index === "number";
  });

const findings = async (): Promise<unknown[]> =>
  (await app.client.audit.verify()).findings.map(({ kind, id }) => [kind, id]);

test("records that nobody touched are what the trail says", async () => {
  await callOnTrail();
  expect(await findings()).toEqual([]);
});

test("a record that was altered after the fact is found, and one that was deleted", async () => {
  const [altered, deleted] = [await callOnTrail(), await callOnTrail()];
  const { pool } = database.storage;
  const whole = await pool.query("select data::text as data from ledger_records where id = $1", [altered]);
  await pool.query(
    "update ledger_records set data = replace(data::text, 'sim-instant', 'sim-steady')::json where id = $1",
    [altered],
  );
  await pool.query("create table kept as select * from ledger_records where id = $1", [deleted]);
  await pool.query("delete from ledger_records where id = $1", [deleted]);
  expect((await findings()).toSorted()).toEqual([
    ["record_altered", altered],
    ["record_missing", deleted],
  ]);
  await pool.query("update ledger_records set data = $2::json where id = $1", [altered, whole.rows[0]?.data]);
  // What retention took is missed by nobody.
  const startMs = Number.parseInt(deleted.slice(0, 8) + deleted.slice(9, 13), 16);
  const day = new Date(startMs).toISOString().slice(0, 10);
  await pool.query(
    "insert into ledger_sweeps (at, part, day, why, bytes, rows) values (now(), 'records', $1, 'age', 0, 1)",
    [day],
  );
  expect(await findings()).toEqual([]);
  await pool.query("delete from ledger_sweeps");
  await pool.query("insert into ledger_records select * from kept");
});

test("a call whose line was lost on its way is read back, and is on the trail as the others", async () => {
  const { pool } = database.storage;
  await pool.query(`create function forget_notes() returns trigger language plpgsql as
    $$ begin new.notes = null; return new; end $$`);
  await pool.query(
    "create trigger forget_notes before insert on ledger_unfollowed for each row execute function forget_notes()",
  );
  const id = await callOnTrail();
  await pool.query("drop trigger forget_notes on ledger_unfollowed");
  const noted = await app.client.audit.show({ id: await callOnTrail() });
  const readBack = await app.client.audit.show({ id });
  expect(Object.keys(readBack.details ?? {})).toEqual(Object.keys(noted.details ?? {}));
  expect(readBack.details).toMatchObject({
    request: noted.details?.["request"],
    record: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(await findings()).toEqual([]);
});

test("calls of a process that died before they were on the trail come onto it once, with the next", async () => {
  const { pool } = database.storage;
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      app.chat({ model: "sim/sim-instant", messages: [{ role: "user", content: "hello" }] }),
    ),
  );
  await Promise.all(answers.map((answer) => answer.text()));
  // Whatever is under way now is taken back.
  await pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null",
  );
  const ids = answers.map((answer) => answer.headers.get("x-binnacle-call-id") ?? "");
  for (const id of ids) await untilPlaced(id);
  const { rows } = await pool.query<{ calls: number; records: number }>(
    "select (select sum(ok + failed)::int from audit_calls) as calls, (select count(*)::int from ledger_records where is_own) as records",
  );
  expect(rows[0]?.calls).toBe(rows[0]?.records ?? 0);
  expect(await findings()).toEqual([]);
});
