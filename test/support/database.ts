// A real PostgreSQL for tests: one embedded server for the whole test process, a fresh database for each call.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createWorld } from "../../src/kernel/index.ts";
import {
  createStorage,
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

const bootOnce = once(bootServer);

/** A fresh, empty database on this test process's own server. Takes about 1.5 s the first time, then some 30 ms. */
export async function startTestDatabase(): Promise<TestDatabase> {
  return startDatabase("template1");
}

/** One that has gone through these migrations: the first time by them, then as a copy. `name` stands for them. */
export async function startMigratedDatabase(name: string, migrations: RoomMigrations[]): Promise<TestDatabase> {
  const made = templates.get(name) ?? makeTemplate(migrations);
  templates.set(name, made);
  return startDatabase(await made);
}

const templates = new Map<string, Promise<string>>();

async function makeTemplate(migrations: RoomMigrations[]): Promise<string> {
  const { storage, url } = await startTestDatabase();
  await storage.migrate(migrations);
  await storage.close();
  return new URL(url.replace("postgresql:", "http:").replace("@/", "@host/")).pathname.slice(1);
}

async function startDatabase(template: string): Promise<TestDatabase> {
  const server = await bootOnce();
  const name = `test_${Bun.randomUUIDv7().replaceAll("-", "")}`;
  await server.pool.query(`create database ${name} template ${template}`);
  const { host, port, user, password } = server.pool.options;
  const query = new URLSearchParams({ host: host ?? "", port: String(port) });
  const url = `postgresql://${user}:${String(password)}@/${name}?${query}`;
  const home = { path: tmpdir(), close: () => undefined };
  const storage = createStorage(storageConfigSchema.parse({ database_url: url }), { world: createWorld(), home });
  await storage.start();
  return {
    storage,
    url,
    async close() {
      await storage.close();
      await server.pool.query(`drop database ${name} with (force)`);
    },
  };
}

async function bootServer(): Promise<Storage> {
  const folder = mkdtempSync(join(tmpdir(), "binnacle-test-"));
  const undertaker = Bun.spawn(["sh", "-c", UNDERTAKER, "sh", folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  undertaker.unref();
  const config = storageConfigSchema.parse({ connections_max: 4, embedded: { durable: false } });
  const server = createStorage(config, { world: createWorld(), home: openHome(folder) });
  await server.start();
  return server;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
