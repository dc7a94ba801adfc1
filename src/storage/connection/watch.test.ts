// Losing and finding a server, through a proxy that can refuse, cut and hang.
import { createWorld } from "../../kernel/index.ts";
import { afterAll, afterEach, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { createServer, connect, type Socket } from "node:net";
import { sql } from "kysely";
import { startTestDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { storageConfigSchema } from "../config.ts";
import { createStorage } from "../storage.ts";
import type { Storage } from "../storage-contract.ts";

setDefaultTimeout(60_000);

let database: TestDatabase;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let storage: Storage;

/** Passes bytes to and from a Unix socket until told otherwise. */
async function startProxy(target: string) {
  const sockets = new Set<Socket>();
  const state = { hangs: false };
  const server = createServer((near) => {
    const far = connect(target);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("error", () => undefined);
      from.on("data", (data) => void (state.hangs || to.write(data)));
      from.on("close", () => to.destroy());
    }
  });
  const open = (port: number) => new Promise<void>((resolve) => void server.listen(port, "127.0.0.1", resolve));
  await open(0);
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    port,
    state,
    cut,
    open: () => open(port),
    close() {
      server.close();
      cut();
    },
  };
}

beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.close());

beforeEach(async () => {
  const query = new URLSearchParams(database.url.split("?")[1]);
  proxy = await startProxy(`${query.get("host")}/.s.PGSQL.${query.get("port")}`);
  const url = database.url.replace(/@\/(\w+)\?.*/, `@127.0.0.1:${proxy.port}/$1`);
  const config = storageConfigSchema.parse({ database_url: url, probe_interval: 10, connect_timeout: 5000 });
  storage = createStorage(config, { world: createWorld(), home: { path: "", close: () => undefined } });
  await storage.start();
});
afterEach(async () => {
  await storage.close();
  proxy.close();
});

/** Looks in each turn of the event loop: a server may be back within a few. */
async function untilAvailable(wanted: boolean): Promise<void> {
  while (storage.isAvailable() !== wanted) await new Promise<void>((resolve) => setImmediate(resolve));
}

test("a server that goes away is noticed with nothing but idle connections, and so is its return", async () => {
  await storage.pool.query("select 1");
  proxy.close();
  await untilAvailable(false);
  expect(await storage.pool.query("select 1").catch((error: unknown) => error)).toBeInstanceOf(Error);
  await proxy.open();
  await untilAvailable(true);
  expect((await storage.pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
});

test("a server that hangs is noticed, and nobody waits for it in vain", async () => {
  const client = await storage.pool.connect();
  proxy.state.hangs = true;
  expect(await client.query("select 1").catch((error: unknown) => error)).toBeInstanceOf(Error);
  client.release();
  expect(storage.isAvailable()).toBe(false);
  proxy.state.hangs = false;
  await untilAvailable(true);
  expect((await storage.pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
});

test("a transaction that loses its connection fails, and the process goes on", async () => {
  const transaction = storage
    .tables<unknown>()
    .transaction()
    .execute(async (db) => {
      proxy.cut();
      await untilAvailable(false);
      return await sql`select 1`.execute(db);
    });
  expect(await transaction.catch((error: unknown) => error)).toBeInstanceOf(Error);
  await untilAvailable(true);
});
