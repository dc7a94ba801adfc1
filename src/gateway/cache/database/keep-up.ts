// What is done for kept answers in the background: new ones written, those of others and their purges heard of, old ones swept.
import type { World } from "../../../kernel/index.ts";
import { isServerFault } from "../../../storage/index.ts";
import type { CacheConfig } from "../config.ts";
import type { Purge } from "../purging.ts";
import type { KnownKeys } from "./known-keys.ts";
import type { Pending } from "./pending.ts";
import type { CacheStore } from "./store.ts";

export interface Upkeep {
  /** Throws what the database throws. */
  makeRound(): Promise<void>;
  /** All that waits. Throws what the database throws. */
  write(): Promise<void>;
  /** A purge of this process's own, which it need not hear of. */
  ownPurge(id: string): void;
}

export interface UpkeepDeps {
  store: CacheStore;
  known: KnownKeys;
  pending: Pending;
  world: Pick<World, "nowMs">;
  /** Others have purged something. */
  onPurged(purge: Purge): void;
}

const PURGES_HEARD_MAX = 1000;

export function createUpkeep(config: CacheConfig["database"], deps: UpkeepDeps): Upkeep {
  const { store, known, pending, world, onPurged } = deps;
  const purgesHeard = new Set<string>();
  let since: Date | undefined;
  let sweptAtMs = 0;

  async function write(): Promise<void> {
    for (let batch = pending.take(); batch.length > 0; batch = pending.take()) {
      try {
        await store.write(batch, world.nowMs());
      } catch (error) {
        // A database that answers will not like it the next time either.
        if (isServerFault(error)) pending.putBack(batch);
        else pending.giveUp(batch.length);
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
      onPurged(purge);
      await store.purgeAgain(purge);
    }
    for (const id of purgesHeard) if (purgesHeard.size > PURGES_HEARD_MAX) purgesHeard.delete(id);
  }

  async function sweep(): Promise<void> {
    if (world.nowMs() - sweptAtMs < config.sweep_interval) return;
    sweptAtMs = world.nowMs();
    known.sweep(sweptAtMs);
    await store.sweep({ entriesMax: config.entries_max, bytesMax: config.bytes_max });
  }

  return {
    write,
    ownPurge: (id) => void purgesHeard.add(id),
    async makeRound() {
      await write();
      await hear();
      await sweep();
    },
  };
}
