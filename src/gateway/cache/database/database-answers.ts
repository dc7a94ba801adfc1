// The answers that processes share in PostgreSQL, off the path of calls: new ones are written in batches, and which there are
// is known beforehand, so that only a look-up that will find something asks the database.
import { newId, sleep, type World } from "../../../kernel/index.ts";
import type { CacheConfig } from "../config.ts";
import type { KeptAnswer } from "../kept-answer.ts";
import type { Purge } from "../purging.ts";
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

const PURGES_HEARD_MAX = 1000;
const CLOSE_TIMEOUT_MS = 2000;

export function createDatabaseAnswers(config: CacheConfig["database"], deps: DatabaseDeps): DatabaseAnswers {
  const { store, world, isAvailable } = deps;
  const known = createKnownKeys(config.entries_max);
  const pending = createPending(config.pending_bytes_max);
  const purgesHeard = new Set<string>();
  let since: Date | undefined;
  let sweptAtMs = 0;
  let slowReads = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let round: Promise<void> | undefined;
  let isClosed = false;

  async function write(): Promise<void> {
    for (let batch = pending.take(); batch.length > 0; batch = pending.take()) {
      try {
        await store.write(batch, world.nowMs());
      } catch (error) {
        // A database that answers will not like it the next time either.
        if (isAvailable()) pending.giveUp(batch.length);
        else pending.putBack(batch);
        throw error;
      }
    }
  }

  async function hear(): Promise<void> {
    const heard = await store.hear(since, config.entries_max);
    const nowMs = world.nowMs();
    for (const { key, leftMs } of heard.answers) known.add(key, nowMs + leftMs);
    const isFirst = since === undefined;
    since = heard.until;
    for (const { id, purge } of heard.purges) {
      if (purgesHeard.has(id)) continue;
      purgesHeard.add(id);
      // What was purged before this process began, it cannot hold.
      if (isFirst) continue;
      pending.purge(purge);
      deps.onPurged(purge);
      await store.purgeAgain(purge);
    }
    for (const id of purgesHeard) if (purgesHeard.size > PURGES_HEARD_MAX) purgesHeard.delete(id);
  }

  async function makeRound(): Promise<void> {
    if (!isAvailable()) return;
    try {
      await write();
      await hear();
      if (world.nowMs() - sweptAtMs < config.sweep_interval) return;
      sweptAtMs = world.nowMs();
      known.sweep(sweptAtMs);
      await store.sweep({ entriesMax: config.entries_max, bytesMax: config.bytes_max });
    } catch (error) {
      world.log.warn({ err: error }, "the shared cache could not be kept up");
    }
  }

  function schedule(): void {
    if (isClosed) return;
    timer = setTimeout(() => {
      round = makeRound().finally(schedule);
    }, config.interval);
  }

  return {
    start() {
      round = makeRound().finally(schedule);
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      const last = (async () => {
        await round;
        if (isAvailable()) await write().catch(() => undefined);
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
      purgesHeard.add(id);
      pending.purge(purge);
      return store.purge(id, purge);
    },
    isAvailable,
    figures: () => ({ pendingBytes: pending.bytes, unwritten: pending.unwritten, slowReads }),
    measure: () => store.measure(),
  };
}
