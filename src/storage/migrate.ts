// Brings the tables of each room up to date. One connection holds one lock over all of it, so processes that start
// at once against one database take turns, and a process that dies lets go of it.
import type { Log } from "../kernel/index.ts";
import { Kysely, Migrator, PostgresDialect } from "kysely";
import type { Client } from "pg";
import type { StorageConfig } from "./config.ts";
import { openClient, reasonOf, type Connection } from "./connection/connection.ts";
import { settlesWithin } from "./connection/settles-within.ts";
import { storageErrors } from "./errors.ts";
import type { RoomMigrations } from "./storage-contract.ts";

/** The advisory lock's key: any number will do that nobody else uses on this database. */
const LOCK_KEY = 0x62_69_6e_6e;

/** Runs the rooms' migrations in the order given. Throws `storage.migration_failed` or `storage.migration_locked`. */
export async function migrateRooms(
  rooms: RoomMigrations[],
  { connection, config, log }: { connection: Connection; config: StorageConfig; log: Log },
): Promise<void> {
  const statements = { statement_timeout: config.migrate_timeout, query_timeout: config.migrate_timeout };
  const client = await openClient({ ...connection, ...statements }, config.connect_timeout);
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: poolOf(client) }) });
  try {
    await takeLock(client);
    for (const room of rooms) if (!(await isUpToDate(client, room))) await migrateRoom(db, room, log);
  } finally {
    // Ends the session, and the lock with it.
    await settlesWithin(client.end(), config.connect_timeout);
  }
}

async function takeLock(client: Client): Promise<void> {
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK_KEY]);
  } catch (cause) {
    throw storageErrors.migration_locked({ why: reasonOf(cause) }, cause);
  }
}

/** Kysely looks through the whole catalogue, which takes 20 ms a room: not when there is nothing to do. */
async function isUpToDate(client: Client, { room, migrations }: RoomMigrations): Promise<boolean> {
  const table = `migrations_${room}`;
  const found = await client.query<{ is_there: boolean }>("select to_regclass($1) is not null as is_there", [table]);
  if (found.rows[0]?.is_there !== true) return false;
  const { rows } = await client.query<{ name: string }>(`select name from ${table}`);
  const done = new Set(rows.map(({ name }) => name));
  const names = Object.keys(migrations);
  return done.size === names.length && names.every((name) => done.has(name));
}

async function migrateRoom(db: Kysely<unknown>, { room, migrations }: RoomMigrations, log: Log): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    migrationTableName: `migrations_${room}`,
    migrationLockTableName: `migrations_${room}_lock`,
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results?.find((result) => result.status === "Error");
    const migration = failed?.migrationName ?? "(order)";
    throw storageErrors.migration_failed({ room, migration, why: reasonOf(error) }, error);
  }
  for (const { migrationName } of results ?? []) log.info({ of: room, migration: migrationName }, "migrated");
}

/** Kysely asks for a pool. Here it is the one connection that holds the lock, again and again. */
function poolOf(client: Client) {
  const member = Object.assign(client, { release: () => undefined });
  return { connect: () => Promise.resolve(member), end: () => Promise.resolve() };
}
