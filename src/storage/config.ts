// Storage's branch of the config tree: which server, and every bound on talking to it.
import { byteSize, duration } from "../kernel/index.ts";
import { z } from "zod";

const embeddedConfigSchema = z.strictObject({
  start_timeout: duration()
    .prefault("60s")
    .describe("how long a start may take, crash recovery included, before it counts as failed"),
  stop_timeout: duration()
    .prefault("20s")
    .describe("how long a clean stop may take before the server is made to leave"),
  restart_delay_max: duration()
    .prefault("15s")
    .describe("the longest pause between two attempts to bring a dead server back"),
  log_max: byteSize()
    .prefault("16MiB")
    .describe("`postgres.log` is moved aside to `postgres.log.1` when it grows beyond this"),
  durable: z
    .boolean()
    .prefault(true)
    .describe("false gives up what a power cut may take, for speed: only for data that may be lost, as in tests"),
});

export const storageConfigSchema = z.strictObject({
  database_url: z
    .string()
    .min(1)
    .optional()
    .describe(
      "a PostgreSQL server of your own (14 or newer) instead of the embedded one. Holds a credential: never shown",
    ),
  connections_max: z
    .number()
    .int()
    .min(1)
    .max(80)
    .prefault(10)
    .describe("connections in the pool. One more watches the server, and one more migrates"),
  connect_timeout: duration().prefault("2s").describe("how long to wait for a free or new connection"),
  query_timeout: duration()
    .prefault("30s")
    .describe("the server ends a statement, or an idle transaction, after this long"),
  migrate_timeout: duration()
    .prefault("10m")
    .describe(
      "the server ends a statement of a migration, or the wait for another process's migrations, after this long",
    ),
  probe_interval: duration().prefault("500ms").describe("how often the server is asked whether it still answers"),
  embedded: embeddedConfigSchema.prefault({}),
});

export type StorageConfig = z.output<typeof storageConfigSchema>;
export type EmbeddedConfig = StorageConfig["embedded"];
