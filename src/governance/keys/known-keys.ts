// Keys as they were last seen in PostgreSQL. One that was looked up is believed until a change of it is heard of, so a
// call asks nobody. While PostgreSQL is away, what was believed goes on being believed for a stated time: the data plane
// does not stop with its database.
import { LRUCache } from "lru-cache";
import { createGate, type World } from "../../kernel/index.ts";
import { type AddressList, createAddressList } from "../../network/index.ts";
import type { Storage } from "../../storage/index.ts";
import type { GovernanceConfig } from "../config.ts";
import type { Directory } from "../directory/directory.ts";
import { governanceErrors } from "../errors.ts";
import { type Caller, callerOf } from "./caller.ts";
import type { KeyStore, StoredKey } from "./store.ts";

export interface KnownKey {
  key: StoredKey;
  caller: Caller;
  /** Where it may be used from; undefined for anywhere. */
  allowed: AddressList | undefined;
  /** Of the directory, as which the caller was read. */
  version: number;
}

export interface KnownKeys {
  /** Undefined when there is no such key. Throws `governance.identity_unavailable` when that cannot be known now. */
  find(id: string): Promise<KnownKey | undefined>;
  /** Takes in what was changed after a revision. */
  follow(since: number): Promise<void>;
}

export interface KnownKeysDeps {
  keys: KeyStore;
  directory: Directory;
  storage: Pick<Storage, "isAvailable">;
  world: World;
  /** When all changes were known up to then; undefined before the first time. */
  heardAtMs(): number | undefined;
}

const RETRY_AFTER_MS = 1000;

export function createKnownKeys(config: GovernanceConfig, deps: KnownKeysDeps): KnownKeys {
  const { keys, directory, storage, world } = deps;
  const known = new LRUCache<string, KnownKey>({ max: config.identities_max });
  // Calls that need the same key at the same moment share one look-up.
  const underWay = new Map<string, Promise<KnownKey | undefined>>();
  const lookups = createGate(config.lookups_in_flight_max);
  const isStrict = config.directory === "strict";

  function remember(key: StoredKey): KnownKey {
    const there = known.peek(key.id);
    // A look-up may end after a change that was made since it began has been heard of.
    if (there && there.key.revision > key.revision) return there;
    const next = {
      key,
      caller: callerOf(key, directory, isStrict),
      allowed: key.allowed_ips === null ? undefined : createAddressList(key.allowed_ips),
      version: directory.version(),
    };
    known.set(key.id, next);
    return next;
  }

  async function readKey(id: string): Promise<KnownKey | undefined> {
    if (!storage.isAvailable() || !lookups.tryEnter())
      throw governanceErrors.identity_unavailable({ retryAfterMs: RETRY_AFTER_MS });
    try {
      const key = await keys.find(id);
      if (key) return remember(key);
      known.delete(id);
      return undefined;
    } catch (cause) {
      throw governanceErrors.identity_unavailable({ retryAfterMs: RETRY_AFTER_MS }, cause);
    } finally {
      lookups.leave();
    }
  }

  function lookUp(id: string): Promise<KnownKey | undefined> {
    const running = underWay.get(id) ?? readKey(id).finally(() => underWay.delete(id));
    underWay.set(id, running);
    return running;
  }

  return {
    async find(id) {
      const last = known.get(id);
      const heardAtMs = deps.heardAtMs();
      if (!last || heardAtMs === undefined || world.monotonicMs() - heardAtMs >= config.identity_stale_for)
        return lookUp(id);
      return last.version === directory.version() ? last : remember(last.key);
    },
    async follow(since) {
      if (since === 0) return known.clear();
      for await (const ids of keys.changedSince(since)) {
        const needed = ids.filter((id) => known.has(id) || underWay.has(id));
        for (const key of await keys.findAll(needed)) remember(key);
      }
    },
  };
}
