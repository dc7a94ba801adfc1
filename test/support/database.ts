// A real PostgreSQL for tests: one embedded server for the test process, or for all of a run, and a fresh database for each call.
import { mkdtempSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseError } from "pg";
import { createWorld } from "../../src/kernel/index.ts";
import {
  createStorage,
  inTurn,
  openHome,
  type RoomMigrations,
  storageConfigSchema,
  type Storage,
} from "../../src/storage/index.ts";

export interface TestDatabase {
  /** Started, and empty. */
  storage: Storage;
  /** For a second connection from another process. Holds the server's password, which is good for this run only. */
  url: string;
  close(): Promise<void>;
}

// When the test process ends, by whatever means, its end of the pipe closes and this takes down what it left.
const UNDERTAKER = `
cat >/dev/null
pid=$(head -n 1 "$1/postgres/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid"
while [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
# An initdb may still be at work in there, for a moment.
for _ in 1 2 3 4 5 6 7 8 9 10; do rm -rf "$1" && exit; sleep 0.5; done`;

const CONNECTIONS_MAX = 4;
/** Far more than tests have at once: the server then has room for the connections of all of them. */
const PROCESSES_MAX = 40;
const TURN_PAUSE_MS = 20;
/** A machine with much else to do takes its time. */
const PATIENCE = "20s";

/** Names a server that all processes of a run share; where it is missing, each has its own. */
export const SERVER_VARIABLE = "TEST_DATABASE_SERVER";

const serverOnce = once(() => {
  const shared = process.env[SERVER_VARIABLE];
  return shared === undefined ? bootServer() : joinServer(shared);
});

/** A fresh, empty database on the test server. Takes about 1.5 s the first time, then some 30 ms. */
export async function startTestDatabase(): Promise<TestDatabase> {
  return startDatabase("template1");
}

/** One that has gone through these migrations: the first time by them, then as a copy. `name` stands for them. */
export async function startMigratedDatabase(name: string, migrations: RoomMigrations[]): Promise<TestDatabase> {
  const made = templates.get(name) ?? makeTemplate(`migrated_${name}`, migrations);
  templates.set(name, made);
  return startDatabase(await made);
}

const templates = new Map<string, Promise<string>>();

/** Made by one of the processes that share the server, and found by the others. */
async function makeTemplate(template: string, migrations: RoomMigrations[]): Promise<string> {
  const { pool } = await serverOnce();
  const isMade = async (): Promise<boolean> =>
    (await pool.query("select from pg_database where datname = $1", [template])).rowCount === 1;
  while (!(await isMade())) {
    await inTurn({ pool }, template, async () => {
      if (await isMade()) return;
      const { storage, name } = await startDatabase("template1");
      await storage.migrate(migrations);
      await storage.close();
      await pool.query(`alter database ${name} rename to ${template}`);
    });
    await Bun.sleep(TURN_PAUSE_MS);
  }
  return template;
}

async function startDatabase(template: string): Promise<TestDatabase & { name: string }> {
  const server = await serverOnce();
  const name = `test_${Bun.randomUUIDv7().replaceAll("-", "")}`;
  // A copy of files costs a fifth of what it costs to write each page to PostgreSQL's log, which is the default.
  await server.pool.query(`create database ${name} template ${template} strategy file_copy`);
  const url = urlOfDatabase(server, name);
  const storage = connect(url);
  await storage.start();
  return {
    storage,
    url,
    name,
    async close() {
      await storage.close();
      await server.pool.query(`drop database ${name} with (force)`);
    },
  };
}

function urlOfDatabase(server: Storage, name: string): string {
  const given = new URL(server.urlForOthers()).searchParams;
  const part = (key: string): string => given.get(key) ?? "";
  const query = new URLSearchParams({ host: part("host"), port: part("port") });
  return `postgresql://${part("user")}:${part("password")}@/${name}?${query}`;
}

function connect(url: string, settings: object = {}): Storage {
  const home = { path: tmpdir(), close: () => undefined };
  const config = storageConfigSchema.parse({ database_url: url, connect_timeout: PATIENCE, ...settings });
  return createStorage(config, { world: createWorld(), home });
}

async function joinServer(url: string): Promise<Storage> {
  const server = connect(url, { connections_max: CONNECTIONS_MAX });
  await server.start();
  return server;
}

/** Ends with this process, by whatever means that ends. */
export async function bootServer(): Promise<Storage> {
  const folder = mkdtempSync(join(serverParent(), "binnacle-test-"));
  const undertaker = Bun.spawn(["sh", "-c", UNDERTAKER, "sh", folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  undertaker.unref();
  const config = storageConfigSchema.parse({ connections_max: CONNECTIONS_MAX, embedded: { durable: false } });
  const server = createStorage(config, { world: createWorld(), home: openHome(folder), processes: PROCESSES_MAX });
  await server.start();
  return server;
}

const MEMORY_FOLDER = "/dev/shm";
const MEMORY_BYTES_MIN = 2 ** 31;

/** In memory where there is plenty: a database is a thousand files, made and removed for a few tests. */
function serverParent(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY_FOLDER);
    return bavail * bsize < MEMORY_BYTES_MIN ? tmpdir() : MEMORY_FOLDER;
  } catch {
    return tmpdir();
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** As the driver throws it when PostgreSQL refuses a statement with this SQLSTATE. */
export function refusedByPostgresql(state: string): DatabaseError {
  return Object.assign(new DatabaseError("it was refused", 0, "error"), { code: state });
}
