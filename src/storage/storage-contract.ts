// What storage offers to every room above it. Rooms own their tables; storage knows nothing of what is in them.
import type { Kysely, Migration } from "kysely";
import type { Pool } from "pg";

/** One room's migrations, by name: `{ "0001-create-calls": { up } }`. They run in the order of their names. */
export interface RoomMigrations {
  room: string;
  migrations: Record<string, Migration>;
}

export interface StorageState {
  kind: "embedded" | "given";
  /** Host and port or socket folder, and database name; never credentials. */
  address: string;
  /** Server version, once known. */
  version: string | null;
  /** False from the moment a statement failed to reach the server until one reaches it again. */
  available: boolean;
}

export interface Storage {
  /** Starts or adopts the embedded server, or connects to the given one, and waits until it answers. */
  start(): Promise<void>;
  /** Closes the pool and stops the embedded server. */
  close(): Promise<void>;
  /** Runs each room's migrations, in the order given, under one lock. Throws `storage.migration_failed`. */
  migrate(rooms: RoomMigrations[]): Promise<void>;
  /** The query builder, typed with the room's own tables. */
  tables<Tables>(): Kysely<Tables>;
  /** The pool itself, for the few statements that are written by hand (batches). */
  readonly pool: Pool;
  /** Cheap and in memory: callers on the hot path ask this before they would wait for a dead server. */
  isAvailable(): boolean;
  state(): StorageState;
  /** The address for another process on this machine, once it is started. Holds a credential: never logged. */
  urlForOthers(): string;
}
