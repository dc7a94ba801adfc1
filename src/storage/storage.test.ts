// Storage on a server that somebody else runs: what DATABASE_URL may get wrong, and what the pool promises.
import { createWorld } from "../kernel/index.ts";
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { createServer, type Server } from "node:net";
import pino from "pino";
import { startTestDatabase, type TestDatabase } from "../../test/support/database.ts";
import { createStorage } from "./storage.ts";
import { storageConfigSchema } from "./config.ts";

setDefaultTimeout(60_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.close());

const logged: string[] = [];
const world = createWorld({ log: pino({ level: "trace" }, { write: (line: string) => logged.push(line) }) });

function storageOn(url: string, config: Record<string, unknown> = {}) {
  const home = { path: "", close: () => undefined };
  return createStorage(storageConfigSchema.parse({ database_url: url, connect_timeout: "20s", ...config }), {
    world,
    home,
  });
}

async function startError(url: string): Promise<unknown> {
  const storage = storageOn(url);
  const error: unknown = await storage.start().catch((thrown: unknown) => thrown);
  await storage.close();
  return error;
}

/** The test database's URL with one part exchanged. */
const urlWith = (from: string | RegExp, to: string): string => database.url.replace(from, to);

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
}

test("says what is wrong with DATABASE_URL, and how to mend it", async () => {
  const closed = createServer();
  const port = await listen(closed);
  closed.close();
  const cases = [
    [
      `postgresql://u:secret@127.0.0.1:${port}/db`,
      `The database at 127.0.0.1:${port}/db cannot be used`,
      "server runs",
    ],
    [urlWith(/:[^:@]+@/, ":secret@"), "password authentication failed", "Check user and password"],
    [urlWith(/@\/\w+/, "@/absent"), 'database "absent" does not exist', "Create that database"],
  ] as const;
  for (const [url, message, fix] of cases) {
    const error = await startError(url);
    expect(error).toMatchObject({ code: "storage.database_unreachable", message: expect.stringContaining(message) });
    expect(error).toMatchObject({ fix: expect.stringContaining(fix), message: expect.not.stringContaining("secret") });
  }
});

test("refuses what is not the address of a PostgreSQL database, without repeating it", () => {
  for (const url of ["mysql://u:secret@h/db", "postgresql://u:secret@h:port/db", "secret"]) {
    const attempt = (): unknown => storageOn(url);
    expect(attempt).toThrow("DATABASE_URL is not the address of a PostgreSQL database.");
  }
});

test("refuses a server older than PostgreSQL 14", async () => {
  const server = createServer((socket) => socket.on("data", (data) => socket.write(oldServerReply(data))));
  const port = await listen(server);
  expect(await startError(`postgresql://u:p@127.0.0.1:${port}/db`)).toMatchObject({
    code: "storage.database_too_old",
    message: `The database at 127.0.0.1:${port}/db is PostgreSQL 13.20; Binnacle needs 14 or newer.`,
  });
  server.close();
});

/** Just enough of PostgreSQL's protocol to let anybody in and to name a version. */
function oldServerReply(data: string | Uint8Array): Buffer {
  const message = (type: string, ...parts: (string | Buffer)[]): Buffer => {
    const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    return Buffer.concat([Buffer.from(type), length, body]);
  };
  const ready = message("Z", "I");
  if (data[0] === 0) return Buffer.concat([message("R", Buffer.alloc(4)), ready]);
  const column = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 25, 255, 255, 255, 255, 255, 255, 0, 0]);
  const value = "13.20";
  return Buffer.concat([
    message("T", Buffer.from([0, 1]), "server_version\0", column),
    message("D", Buffer.from([0, 1, 0, 0, 0, value.length]), value),
    message("C", "SHOW\0"),
    ready,
  ]);
}

test("shows no credential in its state or log", async () => {
  const storage = storageOn(database.url, { probe_interval: 10 });
  await storage.start();
  await storage.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()",
  );
  const password = new URL(database.url.replace("@/", "@host/")).password;
  expect(JSON.stringify([storage.state(), logged, storage.pool])).not.toContain(password);
  expect(storage.state()).toMatchObject({ kind: "given", version: expect.stringMatching(/^\d+/) });
  await storage.close();
});

test("reads bigint and counts as numbers", async () => {
  const { rows } = await database.storage.pool.query(
    "select count(*) as n, 9007199254740991::bigint as most from pg_class where false",
  );
  expect(rows).toEqual([{ n: 0, most: Number.MAX_SAFE_INTEGER }]);
});

test("ends a statement that takes too long, and can use its connection again", async () => {
  const storage = storageOn(database.url, { connections_max: 1, query_timeout: 2000 });
  await storage.start();
  expect(await storage.pool.query("select pg_sleep(60)").catch((error: unknown) => error)).toMatchObject({
    code: "57014",
  });
  expect((await storage.pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  await storage.close();
});

test("says no to one user too many after the connect time-out", async () => {
  const storage = storageOn(database.url, { connections_max: 1, connect_timeout: 5000 });
  await storage.start();
  const only = await storage.pool.connect();
  expect(await storage.pool.connect().catch((error: unknown) => error)).toBeInstanceOf(Error);
  expect(storage.isAvailable()).toBe(true);
  only.release();
  await storage.close();
});
