// The answers that processes share in PostgreSQL, off the path of calls: new ones are written in batches, and which there are
// is known beforehand, so that only a look-up that will find something asks the database.
import { newId, sleep, type World } from "../../../kernel/index.ts";
import { createFollower } from "../../../storage/index.ts";
import type { CacheConfig } from "../config.ts";
import type { KeptAnswer } from "../kept-answer.ts";
import type { Purge } from "../purging.ts";
import { createUpkeep } from "./keep-up.ts";
import { createKnownKeys } from "./known-keys.ts";
import { createPending } from "./pending.ts";
import type { CacheStore } from "./store.ts";

export interface DatabaseAnswers {
  start(): void;
  /** Writes what waits, if the database takes it in time. */
  close(): Promise<void>;
  /** Nearly always right, from memory. */
  mayHave(key: string): boolean;
  /** Those that are there and come in time; none while the database is away. */
  read(keys: readonly string[]): Promise<KeptAnswer[]>;
  put(kept: KeptAnswer): void;
  /** How many there were. Throws what the database throws. */
  purge(purge: Purge): Promise<number>;
  isAvailable(): boolean;
  figures(): { pendingBytes: number; unwritten: number; slowReads: number };
  measure(): Promise<{ entries: number; bytes: number }>;
}

export interface DatabaseDeps {
  store: CacheStore;
  world: Pick<World, "nowMs" | "log">;
  isAvailable(): boolean;
  /** Others have purged something. */
  onPurged(purge: Purge): void;
}

const CLOSE_TIMEOUT_MS = 2000;

export function createDatabaseAnswers(config: CacheConfig["database"], deps: DatabaseDeps): DatabaseAnswers {
  const { store, world, isAvailable } = deps;
  const known = createKnownKeys(config.entries_max);
  const pending = createPending(config.pending_bytes_max);
  const upkeep = createUpkeep(config, { ...deps, known, pending });
  const { log } = world;
  const followed = { intervalMs: config.interval, isAvailable, log, what: "the shared cache" };
  const follower = createFollower(followed, upkeep.makeRound);
  let slowReads = 0;

  return {
    start: () => void follower.start(),
    async close() {
      const last = (async () => {
        await follower.close();
        if (isAvailable()) await upkeep.write().catch(() => undefined);
      })();
      await Promise.race([last, sleep(CLOSE_TIMEOUT_MS)]);
    },
    mayHave: (key) => isAvailable() && known.has(key, world.nowMs()),
    async read(keys) {
      if (!isAvailable()) return [];
      const late = sleep(config.read_timeout).then(() => undefined);
      const found = await Promise.race([store.read(keys, world.nowMs()).catch(() => []), late]);
      if (found === undefined) slowReads += 1;
      return found ?? [];
    },
    put: (kept) => pending.add(kept),
    async purge(purge) {
      const id = newId();
      upkeep.ownPurge(id);
      pending.purge(purge);
      return store.purge(id, purge);
    },
    isAvailable,
    figures: () => ({ pendingBytes: pending.bytes, unwritten: pending.unwritten, slowReads }),
    measure: () => store.measure(),
  };
}
