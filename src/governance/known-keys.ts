// Keys as they were last seen in PostgreSQL. One that was looked up is believed for a second; so a revocation takes hold
// within that time everywhere, and a busy key costs one look-up a second, not one a call. While PostgreSQL is away,
// what was believed goes on being believed for a stated time: the data plane does not stop with its database.
import { LRUCache } from "lru-cache";
import { createGate, type World } from "../kernel/index.ts";
import type { Storage } from "../storage/index.ts";
import type { GovernanceConfig } from "./config.ts";
import { governanceErrors } from "./errors.ts";
import type { Principal } from "./principal.ts";
import type { KeyStore, StoredKey } from "./store.ts";

export interface KnownKey {
  key: StoredKey;
  principal: Principal;
  lookedUpMs: number;
}

export interface KnownKeys {
  /** Undefined when there is no such key. Throws `governance.identity_unavailable` when that cannot be known now. */
  find(id: string): Promise<KnownKey | undefined>;
  forget(id: string): void;
}

export interface KnownKeysDeps {
  keys: KeyStore;
  storage: Storage;
  world: World;
}

const RETRY_AFTER_MS = 1000;

export function createKnownKeys(config: GovernanceConfig, { keys, storage, world }: KnownKeysDeps): KnownKeys {
  const known = new LRUCache<string, KnownKey>({ max: config.identities_max });
  // Calls that need the same key at the same moment share one look-up.
  const underWay = new Map<string, Promise<KnownKey | undefined>>();
  const lookups = createGate(config.lookups_in_flight_max);

  async function readKey(id: string): Promise<KnownKey | undefined> {
    if (!storage.isAvailable() || !lookups.tryEnter())
      throw governanceErrors.identity_unavailable({ retryAfterMs: RETRY_AFTER_MS });
    try {
      const key = await keys.find(id);
      if (!key) known.delete(id);
      else known.set(id, { key, principal: principalFrom(key), lookedUpMs: world.monotonicMs() });
      return known.get(id);
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
      if (!last) return lookUp(id);
      const age = world.monotonicMs() - last.lookedUpMs;
      if (age < config.identity_fresh_for) return last;
      if (age >= config.identity_stale_for) return lookUp(id);
      return lookUp(id).catch(() => last);
    },
    forget: (id) => void known.delete(id),
  };
}

function principalFrom(key: StoredKey): Principal {
  return {
    keyId: key.id,
    keyName: key.name,
    scopes: key.scopes,
    user: key.user,
    team: key.team,
    project: key.project,
  };
}
