// Storage's branch of the config tree: which server, and every bound on talking to it.
import { byteSize, duration } from "../kernel/index.ts";
import { z } from "zod";

const embeddedConfigSchema = z.strictObject({
  /** How long a start may take, crash recovery included, before it counts as failed. */
  start_timeout: duration().prefault("60s"),
  /** How long a clean stop may take before the server is made to leave. */
  stop_timeout: duration().prefault("20s"),
  /** The longest pause between two attempts to bring a dead server back. */
  restart_delay_max: duration().prefault("15s"),
  /** `postgres.log` is moved aside to `postgres.log.1` when it grows beyond this. */
  log_max: byteSize().prefault("16MiB"),
  /** False gives up what a power cut may take, for speed: only for data that may be lost, as in tests. */
  durable: z.boolean().prefault(true),
});

export const storageConfigSchema = z.strictObject({
  /** A PostgreSQL server of your own (14 or newer) instead of the embedded one. Holds a credential: never shown. */
  database_url: z.string().min(1).optional(),
  /** Connections in the pool. One more watches the server, and one more migrates. */
  connections_max: z.number().int().min(1).max(80).prefault(10),
  /** How long to wait for a free or new connection. */
  connect_timeout: duration().prefault("2s"),
  /** The server ends a statement, or an idle transaction, after this long. */
  query_timeout: duration().prefault("30s"),
  /** The server ends a statement of a migration, or the wait for another process's migrations, after this long. */
  migrate_timeout: duration().prefault("10m"),
  /** How often the server is asked whether it still answers. */
  probe_interval: duration().prefault("500ms"),
  embedded: embeddedConfigSchema.prefault({}),
});

export type StorageConfig = z.output<typeof storageConfigSchema>;
export type EmbeddedConfig = StorageConfig["embedded"];
