// When keys were last used: noted in memory by every call, written for all of them together once in a while. A call waits
// for nothing, and a process that ends at once loses a minute of it.
import type { World } from "../../kernel/index.ts";
import { createFollower, type Storage } from "../../storage/index.ts";
import type { KeyStore } from "./store.ts";

export interface LastUses {
  note(keyId: string): void;
  start(): Promise<void>;
  /** Writes what is noted, if the database is there. */
  close(): Promise<void>;
}

export interface LastUsesDeps {
  store: Pick<KeyStore, "noteUses">;
  storage: Pick<Storage, "isAvailable">;
  world: Pick<World, "nowMs" | "log">;
}

/** Written with one statement. */
const WRITTEN_AT_ONCE = 500;

export function createLastUses(
  { intervalMs, keysMax }: { intervalMs: number; keysMax: number },
  { store, storage, world }: LastUsesDeps,
): LastUses {
  const used = new Set<string>();
  const follower = createFollower(
    { intervalMs, isAvailable: storage.isAvailable, log: world.log, what: "the last use of keys" },
    write,
  );

  async function write(): Promise<void> {
    // All within the interval before: that is how exact it is.
    const atMs = world.nowMs();
    const ids = [...used];
    used.clear();
    for (let from = 0; from < ids.length; from += WRITTEN_AT_ONCE)
      await store.noteUses(ids.slice(from, from + WRITTEN_AT_ONCE).map((id) => ({ id, at_ms: atMs })));
  }

  return {
    note(keyId) {
      if (used.size < keysMax) used.add(keyId);
    },
    start: follower.start,
    async close() {
      await follower.look();
      await follower.close();
    },
  };
}
