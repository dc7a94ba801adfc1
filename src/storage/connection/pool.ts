// The pool that every room shares: bounded, quiet when a connection dies, and quick to give up on a server that is lost.
import type { Log } from "../../kernel/index.ts";
import { Socket } from "node:net";
import { Pool, types } from "pg";
import type { StorageConfig } from "../config.ts";
import { reasonOf, type Connection } from "./connection.ts";

export interface DatabasePool {
  readonly pool: Pool;
  /** Says where the server is. The pool exists before that is known, so that rooms can be wired before the start. */
  connectTo(connection: Connection): void;
  /** Cuts every connection: statements under way fail at once instead of waiting for a server that is gone. */
  cutAll(): void;
  close(): Promise<void>;
}

interface DatabasePoolDeps {
  log: Log;
  /** A connection was lost; the server may be, too. */
  onConnectionLost(): void;
}

const INT8 = 20;
const HIDDEN = new Set(["password", "connectionString"]);

export function createDatabasePool(config: StorageConfig, deps: DatabasePoolDeps): DatabasePool {
  const sockets = new Set<Socket>();
  const pool = new Pool({
    application_name: "binnacle",
    // Until connectTo(), the driver must not go looking for a server of its own.
    host: "/storage-is-not-started",
    max: config.connections_max,
    connectionTimeoutMillis: config.connect_timeout,
    // The server's own time-out leaves the connection usable, which the driver's would not. A server that cannot even
    // keep its own time is found by the watch, which then has every connection cut.
    statement_timeout: config.query_timeout,
    idle_in_transaction_session_timeout: config.query_timeout,
    keepAlive: true,
    stream: () => trackSocket(sockets),
    types: { getTypeParser: parserFor },
  });
  // Without these two, a connection that dies idle, or in the hands of a room, would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) =>
    client.on("error", (error) => {
      deps.log.debug({ why: reasonOf(error) }, "a database connection was lost");
      deps.onConnectionLost();
    }),
  );
  let closing: Promise<void> | undefined;
  return {
    pool,
    connectTo(connection) {
      for (const [name, value] of Object.entries(connection))
        Object.defineProperty(pool.options, name, {
          value,
          enumerable: !HIDDEN.has(name),
          writable: true,
          configurable: true,
        });
    },
    cutAll: () => sockets.forEach((socket) => socket.destroy()),
    close: () => (closing ??= pool.end()),
  };
}

function trackSocket(sockets: Set<Socket>): Socket {
  const socket = new Socket();
  sockets.add(socket);
  socket.once("close", () => sockets.delete(socket));
  return socket;
}

// `bigint` columns and counts come back as numbers, not text: all of ours stay below 2^53. `sum(bigint)` is `numeric`
// in PostgreSQL and still comes back as text; cast it.
const parserFor: typeof types.getTypeParser = ((oid: number, format: "text" | "binary") =>
  oid === INT8 && format !== "binary" ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser;
