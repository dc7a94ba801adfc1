// The face of storage: one server, one pool, one watch. Which server it is, nobody above needs to know.
import type { World } from "../kernel/index.ts";
import { Kysely, PostgresDialect } from "kysely";
import type { StorageConfig } from "./config.ts";
import { type Connection, urlOfConnection } from "./connection/connection.ts";
import { createEmbeddedServer } from "./embedded/embedded-server.ts";
import { createGivenServer } from "./given-server.ts";
import type { Home } from "./home.ts";
import { migrateRooms } from "./migrate.ts";
import { createDatabasePool } from "./connection/pool.ts";
import type { Storage } from "./storage-contract.ts";
import { createWatch } from "./connection/watch.ts";
import { settlesWithin } from "./connection/settles-within.ts";

export interface StorageDeps {
  world: World;
  /** Held by this process: the embedded server's data lie in it, and two servers must never share them. */
  home: Home;
  /** Processes that will share the embedded server; 1 by default. */
  processes?: number;
}

export interface RaisedStorage extends Storage {
  /** Begins to start the embedded server, before there is time to talk to it: `start()` goes on from there, and throws what was in the way. */
  raise(): void;
}

/** The watch has one, and the migrations. */
const CONNECTIONS_BESIDE = 2;

/**
 * PostgreSQL for every room: embedded in the home folder, or the one that `database_url` names.
 * `tables()` and `pool` may be taken before `start()` and used after it. Whoever calls `start()` calls `close()`, even
 * when the start has failed or is still under way; a closed storage is not started again.
 */
export function createStorage(
  config: StorageConfig,
  { world: given, home, processes = 1 }: StorageDeps,
): RaisedStorage {
  const world = { ...given, log: given.log.child({ room: "storage" }) };
  let connection: Connection | undefined;
  let version: string | null = null;
  let raising: Promise<Connection> | undefined;
  let closing: Promise<void> | undefined;

  const pool = createDatabasePool(config, { log: world.log, onConnectionLost: () => watch.check() });
  const watch = createWatch(
    { intervalMs: config.probe_interval, timeoutMs: config.connect_timeout },
    { world, onUnreachable: pool.cutAll },
  );
  const server = config.database_url
    ? createGivenServer(config.database_url, config)
    : createEmbeddedServer(config.embedded, {
        world,
        home: home.path,
        connections: processes * (config.connections_max + CONNECTIONS_BESIDE),
        onChange: () => watch.check(),
      });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: pool.pool }) });

  const raise = (): Promise<Connection> => (raising ??= server.start());

  async function stop(): Promise<void> {
    watch.close();
    if (!(await settlesWithin(pool.close(), config.connect_timeout))) pool.cutAll();
    await server.close();
  }

  return {
    pool: pool.pool,
    raise() {
      if (server.kind === "embedded") raise().catch(() => undefined);
    },
    async start() {
      connection = await raise();
      pool.connectTo(connection);
      version = await watch.start(connection);
    },
    close: () => (closing ??= stop()),
    async migrate(rooms) {
      if (!connection) throw new Error("storage migrates only once it is started");
      await migrateRooms(rooms, { connection, config, log: world.log });
    },
    // The cast is the point: a room says which tables are its own, and storage knows nothing of them.
    tables: <Tables>() => db as Kysely<Tables>,
    isAvailable: watch.isAvailable,
    state: () => ({ kind: server.kind, address: server.address(), version, available: watch.isAvailable() }),
    urlForOthers() {
      if (!connection) throw new Error("storage has an address only once it is started");
      return urlOfConnection(connection);
    },
  };
}
