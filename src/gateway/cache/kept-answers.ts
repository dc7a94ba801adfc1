// Where kept answers are: at hand in memory, or in the database that other processes write to as well.
import type { ContentSealer, World } from "../../kernel/index.ts";
import type { Storage } from "../../storage/index.ts";
import type { CacheState } from "../contract.ts";
import { gatewayErrors } from "../errors.ts";
import type { CacheConfig } from "./config.ts";
import { type KeptAnswer, sizeOf } from "./kept-answer.ts";
import { createMemory } from "./memory.ts";
import { isMeant, type Purge } from "./purging.ts";
import { createDatabaseAnswers } from "./database/database-answers.ts";
import { createSealedStore } from "./database/sealed-store.ts";
import { createCacheStore } from "./database/store.ts";

export interface Found {
  kept: KeptAnswer;
  from: "memory" | "database";
}

export interface KeptAnswers {
  start(): void;
  close(): Promise<void>;
  /** At once, from memory. */
  atHand(key: string): Found | undefined;
  /** Whether it is worth asking for those that are not at hand. */
  mayHave(key: string): boolean;
  fetch(keys: readonly string[]): Promise<Found[]>;
  put(kept: KeptAnswer): void;
  /** Grows with each purge: what was asked before one is not kept after it. */
  readonly purges: number;
  /** Told of each purge, this process's own and those of others. */
  onPurge(listener: (purge: Purge) => void): void;
  /** Throws `gateway.cache_purged_here_only`. */
  purge(purge: Purge): Promise<{ memory: number; database: number | null }>;
  state(): Promise<Pick<CacheState, "memory" | "database">>;
}

export interface KeptDeps {
  world: Pick<World, "nowMs" | "log">;
  storage: Storage;
  /** Of answers in PostgreSQL; left out where they lie as they are. */
  sealer?: ContentSealer | undefined;
}

export function createKeptAnswers(config: CacheConfig, { world, storage, sealer }: KeptDeps): KeptAnswers {
  const memory = createMemory(config);
  const listeners: ((purge: Purge) => void)[] = [];
  let purges = 0;
  const shared = config.enabled && config.database.enabled ? share() : undefined;

  function share() {
    return createDatabaseAnswers(config.database, {
      store: sealer ? createSealedStore(createCacheStore(storage), sealer) : createCacheStore(storage),
      world,
      isAvailable: storage.isAvailable,
      onPurged: (purge) => void purgeMemory(purge),
    });
  }

  function purgeMemory(purge: Purge): number {
    purges += 1;
    for (const tell of listeners) tell(purge);
    return memory.purge((kept) => isMeant(kept, purge));
  }

  return {
    start: () => shared?.start(),
    close: async () => shared?.close(),
    atHand(key) {
      const kept = memory.get(key, world.nowMs());
      return kept && { kept, from: "memory" };
    },
    mayHave: (key) => shared?.mayHave(key) ?? false,
    async fetch(keys) {
      const before = purges;
      const found = (await shared?.read(keys)) ?? [];
      if (before !== purges) return [];
      for (const kept of found) memory.put(kept);
      return found.map((kept) => ({ kept, from: "database" }));
    },
    put(kept) {
      if (sizeOf(kept) > sizeOf({ ...kept, body: "" }) + config.entry_bytes_max) return;
      memory.put(kept);
      shared?.put(kept);
    },
    get purges() {
      return purges;
    },
    onPurge: (listener) => void listeners.push(listener),
    async purge(purge) {
      const here = purgeMemory(purge);
      if (!shared) return { memory: here, database: null };
      const there = await shared.purge(purge).catch((cause: unknown) => {
        throw gatewayErrors.cache_purged_here_only({ entries: here }, cause);
      });
      return { memory: here, database: there };
    },
    async state() {
      const { entries, bytes } = memory;
      const at = { entries, bytes, bytes_max: config.memory_bytes_max };
      if (!shared) return { memory: at, database: null };
      const { pendingBytes: pending_bytes, unwritten, slowReads: slow_reads } = shared.figures();
      const measured = shared.isAvailable() ? await shared.measure().catch(() => undefined) : undefined;
      const database = { available: shared.isAvailable(), pending_bytes, unwritten, slow_reads };
      return {
        memory: at,
        database: { ...database, entries: measured?.entries ?? null, bytes: measured?.bytes ?? null },
      };
    },
  };
}
