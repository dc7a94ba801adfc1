// From a credential to a principal. A key that was looked up is believed for a second; so a revocation takes hold
// within that time everywhere, and a busy key costs one look-up a second, not one a call. While PostgreSQL is away,
// what was believed goes on being believed for a stated time: the data plane does not stop with its database.
import { timingSafeEqual } from "node:crypto";
import { LRUCache } from "lru-cache";
import { createGate, type World } from "../kernel/index.ts";
import type { Storage } from "../storage/index.ts";
import type { GovernanceConfig } from "./config.ts";
import { governanceErrors } from "./errors.ts";
import { hashKey, parseKey } from "./key-format.ts";
import type { Principal } from "./principal.ts";
import type { KeyStore, StoredKey } from "./store.ts";

interface Identity {
  key: StoredKey;
  principal: Principal;
  lookedUpMs: number;
}

export interface Identifier {
  /** Throws `governance.key_*`, or `governance.identity_unavailable` when it cannot be known now. */
  byKey(key: string | undefined): Promise<Principal>;
  /** The principal of a key that was proven before (a console session). */
  byKeyId(id: string): Promise<Principal>;
  /** Believe nothing about this key any more. */
  forget(id: string): void;
}

export interface IdentifierDeps {
  keys: KeyStore;
  storage: Storage;
  world: World;
  installationSecret: string;
}

const RETRY_AFTER_MS = 1000;

export function createIdentifier(
  config: GovernanceConfig,
  { keys, storage, world, installationSecret }: IdentifierDeps,
): Identifier {
  const byId = new LRUCache<string, Identity>({ max: config.identities_max });
  // Proven key texts, so that the HMAC is computed once for each and not once a call.
  const proven = new LRUCache<string, string>({ max: config.identities_max });
  const lookups = createGate(config.lookups_in_flight_max);

  async function lookUp(id: string): Promise<Identity | undefined> {
    if (!storage.isAvailable() || !lookups.tryEnter())
      throw governanceErrors.identity_unavailable({ retryAfterMs: RETRY_AFTER_MS });
    try {
      const key = await keys.find(id);
      if (!key) return undefined;
      const identity = { key, principal: principalFrom(key), lookedUpMs: world.monotonicMs() };
      byId.set(id, identity);
      return identity;
    } catch (cause) {
      throw governanceErrors.identity_unavailable({ retryAfterMs: RETRY_AFTER_MS }, cause);
    } finally {
      lookups.leave();
    }
  }

  async function identityOf(id: string): Promise<Identity | undefined> {
    const known = byId.get(id);
    if (!known) return lookUp(id);
    const age = world.monotonicMs() - known.lookedUpMs;
    if (age < config.identity_fresh_for) return known;
    try {
      const found = await lookUp(id);
      if (!found) byId.delete(id);
      return found;
    } catch (error) {
      if (age < config.identity_stale_for) return known;
      throw error;
    }
  }

  function checkLife({ key, principal }: Identity): Principal {
    if (key.revoked_at_ms !== null) throw governanceErrors.key_revoked({ key: key.id });
    if (key.expires_at_ms !== null && key.expires_at_ms <= world.nowMs())
      throw governanceErrors.key_expired({ key: key.id });
    return principal;
  }

  async function prove(text: string): Promise<Identity> {
    const parsed = parseKey(text);
    if ("why" in parsed) throw governanceErrors.key_invalid({ why: parsed.why });
    const identity = await identityOf(parsed.id);
    if (!identity || !isSame(identity.key.hash, hashKey(text, installationSecret))) {
      throw governanceErrors.key_invalid({ why: "this installation does not know it" });
    }
    proven.set(text, parsed.id);
    return identity;
  }

  return {
    async byKey(text) {
      if (!text) throw governanceErrors.key_missing({});
      const id = proven.get(text);
      const identity = (id !== undefined && (await identityOf(id))) || (await prove(text));
      return checkLife(identity);
    },
    async byKeyId(id) {
      const identity = await identityOf(id);
      if (!identity) throw governanceErrors.key_invalid({ why: "it is gone" });
      return checkLife(identity);
    },
    forget: (id) => void byId.delete(id),
  };
}

function principalFrom(key: StoredKey): Principal {
  return { keyId: key.id, keyName: key.name, scopes: key.scopes, user: key.user, team: key.team, project: key.project };
}

function isSame(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}
