// Migrations against a real database: order, bookkeeping, failure, and two processes at once.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { sql, type Kysely, type Migration } from "kysely";
import { startTestDatabase, type TestDatabase } from "../../test/support/database.ts";

setDefaultTimeout(60_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.close());
beforeEach(() => database.storage.pool.query("drop schema public cascade; create schema public"));

const run = (statement: string): Migration => ({
  up: async (db: Kysely<unknown>) => void (await sql.raw(statement).execute(db)),
});
const rowsOf = async (query: string) => (await database.storage.pool.query<Record<string, unknown>>(query)).rows;

test("runs each room's migrations once, rooms in the order given and migrations in the order of their names", async () => {
  const ledger = {
    room: "ledger",
    migrations: {
      "0002-second": run("insert into steps (what) values ('ledger 2')"),
      "0001-first": run("create table steps (id serial, what text); insert into steps (what) values ('ledger 1')"),
    },
  };
  const governance = {
    room: "governance",
    migrations: { "0001-first": run("insert into steps (what) values ('governance 1')") },
  };
  await database.storage.migrate([ledger, governance]);
  await database.storage.migrate([ledger, governance]);
  const steps = await rowsOf("select what from steps order by id");
  expect(steps.map((step) => step["what"])).toEqual(["ledger 1", "ledger 2", "governance 1"]);
  expect(await rowsOf("select name from migrations_ledger order by name")).toHaveLength(2);
  expect(await rowsOf("select name from migrations_governance")).toHaveLength(1);
});

test("names room, migration and cause when one fails, and keeps nothing of that room's run", async () => {
  const migrations = {
    "0001-good": run("create table good (id int)"),
    "0002-bad": run("create table bad (id nonsense)"),
  };
  const failing = database.storage.migrate([{ room: "ledger", migrations }]);
  expect(await failing.catch((error) => error)).toMatchObject({
    code: "storage.migration_failed",
    message: 'The migration ledger/0002-bad failed: type "nonsense" does not exist',
  });
  expect(await rowsOf("select to_regclass('good') as good")).toEqual([{ good: null }]);
});

test("refuses a database that a newer Binnacle has migrated", async () => {
  const first = { "0001-first": run("select 1") };
  await database.storage.migrate([{ room: "ledger", migrations: { ...first, "0002-newer": run("select 1") } }]);
  expect(await database.storage.migrate([{ room: "ledger", migrations: first }]).catch((error) => error)).toMatchObject(
    {
      code: "storage.migration_failed",
      message: expect.stringContaining("0002-newer"),
      fix: expect.stringContaining("newer Binnacle"),
    },
  );
});

const MIGRATE = `
import { sql } from "kysely";
import { createWorld } from ${JSON.stringify(join(import.meta.dir, "../kernel/index.ts"))};
import { createStorage, storageConfigSchema } from ${JSON.stringify(join(import.meta.dir, "index.ts"))};
const run = (statement) => ({ up: async (db) => void (await sql.raw(statement).execute(db)) });
const config = storageConfigSchema.parse({ database_url: Bun.argv.at(-1), connect_timeout: "20s" });
const storage = createStorage(config, { world: createWorld(), home: { path: "", close() {} } });
await storage.start();
await Bun.write(Bun.stdout, "ready");
await Bun.stdin.text();
await storage.migrate([
  { room: "first", migrations: { "0001": run("create table steps (id serial); select pg_sleep(0.2)") } },
  { room: "second", migrations: { "0001": run("insert into steps default values") } },
]);
await storage.close();`;

test("two processes that start at once take turns", async () => {
  const processes = [1, 2].map(() =>
    Bun.spawn([process.execPath, "-e", MIGRATE, database.url], {
      cwd: import.meta.dir,
      stdio: ["pipe", "pipe", "inherit"],
    }),
  );
  for (const { stdout } of processes) await stdout.getReader().read();
  for (const { stdin } of processes) void stdin.end();
  expect(await Promise.all(processes.map(({ exited }) => exited))).toEqual([0, 0]);
  expect(await rowsOf("select id from steps")).toHaveLength(1);
});
