// A PostgreSQL server that somebody else runs, named by DATABASE_URL.
import { Client } from "pg";
import type { StorageConfig } from "./config.ts";
import { codeOf, describeConnection, dropClient, openClient, reasonOf } from "./connection/connection.ts";
import { storageErrors } from "./errors.ts";
import type { Server } from "./server.ts";

const OLDEST_MAJOR = 14;

const HINTS: Record<string, string> = {
  ENOTFOUND: "Check the host's name in DATABASE_URL.",
  "28P01": "Check user and password in DATABASE_URL.",
  "28000": "Let this user sign in from here (pg_hba.conf), or check the user in DATABASE_URL.",
  "08P01": "Name the server itself in DATABASE_URL, not a connection pooler in front of it.",
  "3D000": "Create that database first, or check its name in DATABASE_URL.",
};
const ANY_HINT =
  "Check that the server runs and that DATABASE_URL names its host and port; unset it to use the embedded one.";

export function createGivenServer(url: string, config: StorageConfig): Server {
  const address = addressOf(url);
  return {
    kind: "given",
    address: () => address,
    async start() {
      const connection = { connectionString: url };
      try {
        // With the pool's own settings, so that a server or pooler that refuses them is found out now.
        const settings = { statement_timeout: config.query_timeout };
        const client = await openClient({ ...connection, ...settings }, config.connect_timeout);
        const { rows } = await client.query<{ server_version: string }>("show server_version");
        dropClient(client);
        const version = rows[0]?.server_version ?? "unknown";
        if (Number.parseInt(version, 10) >= OLDEST_MAJOR) return connection;
        throw storageErrors.database_too_old({ address, version });
      } catch (error) {
        if (codeOf(error).startsWith("storage.")) throw error;
        const hint = HINTS[codeOf(error)] ?? ANY_HINT;
        throw storageErrors.database_unreachable({ address, why: reasonOf(error), hint }, error);
      }
    },
    close: () => Promise.resolve(),
  };
}

/** Reads host, port and database the way the driver does. The cause is kept back: it may quote the address whole. */
function addressOf(url: string): string {
  try {
    if (!/^(postgres(ql)?|socket):/.test(url)) throw new Error("another scheme");
    return describeConnection(new Client({ connectionString: url }));
  } catch {
    throw storageErrors.database_url_invalid({});
  }
}
