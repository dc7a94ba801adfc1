// How the embedded server is set. All of it goes on the command line, so that an edited postgresql.conf cannot open
// what must stay closed, and a setting that changes with a new version of Binnacle takes effect at the next start.
import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import type { EmbeddedConfig } from "../config.ts";
import type { Place } from "./place.ts";

export const SERVER_USER = "binnacle";
export const SERVER_DATABASE = "postgres";

/** The name under which a running server tells with which arguments it was started. */
export const FINGERPRINT = "binnacle.fingerprint";

const SETTINGS: Record<string, string> = {
  shared_buffers: "128MB",
  maintenance_work_mem: "64MB",
  max_wal_size: "1GB",
  // Nobody replicates from the embedded server, so its log need not carry what only a replica would read.
  wal_level: "minimal",
  max_wal_senders: "0",
  max_logical_replication_workers: "0",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
  // Statements and key values are other people's words: they stay out of the log.
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};
/** Survives every end of the server's processes, but not of the machine. */
const NOT_DURABLE: Record<string, string> = { fsync: "off", full_page_writes: "off" };

/** Beside Binnacle's own: a person with psql, a drill. */
const CONNECTIONS_SPARE = 10;
const CONNECTIONS_MIN = 100;

interface Wanted extends Pick<EmbeddedConfig, "durable"> {
  /** That Binnacle may have open at once. */
  connections: number;
}

/** The arguments for `postgres`, and a fingerprint of them and the program, by which a server found running is known. */
export function serverArguments(place: Place, port: number, { durable, connections }: Wanted) {
  const settings = {
    ...SETTINGS,
    max_connections: String(Math.max(CONNECTIONS_MIN, connections + CONNECTIONS_SPARE)),
    ...(durable ? {} : NOT_DURABLE),
    ...(place.socketDir
      ? {
          listen_addresses: "",
          unix_socket_directories: `"${place.socketDir.replaceAll('"', '""')}"`,
          unix_socket_permissions: "0700",
        }
      : { listen_addresses: "127.0.0.1", unix_socket_directories: "" }),
    port: String(port),
  };
  const args = [place.binaries.postgres, "-D", place.dataDir];
  for (const [name, value] of Object.entries(settings)) args.push("-c", `${name}=${value}`);
  const program = statSync(place.binaries.postgres).mtimeMs;
  const fingerprint = createHash("sha256")
    .update([...args, program].join("\0"))
    .digest("hex")
    .slice(0, 32);
  return { args: [...args, "-c", `${FINGERPRINT}=${fingerprint}`], fingerprint };
}
