// Data keys at hand: one for each owner that seals now, and those that were asked for lately. To seal needs no database; to open
// needs it only for a key that this process has not seen.
import { randomBytes } from "node:crypto";
import { LRUCache } from "lru-cache";
import { type DataOwner, newId, type World } from "../../kernel/index.ts";
import type { VaultConfig } from "../config.ts";
import { bytesOfUuid, type DataKey } from "../envelope.ts";
import { vaultErrors } from "../errors.ts";
import type { KeyStore } from "../store/key-store.ts";
import type { NewKeys } from "./new-keys.ts";
import type { Wrapping } from "./wrapping.ts";

export interface KeyRing {
  /** What this owner's data is sealed with. */
  keyFor(owner: DataOwner): DataKey;
  /** Its secret; undefined where it was destroyed, or nobody knows it. Throws what the database throws. */
  secretOf(id: string): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  /** Something was erased: what is at hand may be gone. */
  forgetAll(): void;
}

interface KeyRingDeps {
  wrapping: Wrapping;
  store: Pick<KeyStore, "find">;
  newKeys: NewKeys;
  world: Pick<World, "nowMs">;
  /** Told that there is a new key, which PostgreSQL should get soon. */
  onNew(): void;
}

const SECRET_BYTES = 32;

export function createKeyRing(config: VaultConfig, { wrapping, store, newKeys, world, onNew }: KeyRingDeps): KeyRing {
  const max = config.keys_in_memory_max;
  const sealing = new LRUCache<string, DataKey & { untilMs: number }>({ max });
  const secrets = new LRUCache<string, Uint8Array>({ max });

  function makeKey(owner: DataOwner): DataKey & { untilMs: number } {
    const [id, secret] = [newId(), randomBytes(SECRET_BYTES)];
    newKeys.add({ id, owner, ...wrapping.wrap(secret, id), madeAtMs: world.nowMs() });
    secrets.set(id, secret);
    onNew();
    return { id: bytesOfUuid(id), secret, untilMs: world.nowMs() + config.key_lifetime };
  }

  async function load(id: string): Promise<Uint8Array | undefined> {
    const found = newKeys.find(id) ?? (await store.find(id));
    if (found === undefined || found === "destroyed") return undefined;
    let secret = wrapping.unwrap(found, id);
    if (!secret) {
      // Another process may have begun a new wrapping key a moment ago.
      await wrapping.load();
      secret = wrapping.unwrap(found, id);
    }
    if (!secret) throw vaultErrors.unreadable({ place: `data key ${id}` });
    secrets.set(id, secret);
    return secret;
  }

  return {
    keyFor(owner) {
      const name = `${owner.organisation}\n${owner.project ?? ""}\n${owner.user ?? ""}\n${owner.keyId}`;
      const known = sealing.get(name);
      if (known && known.untilMs > world.nowMs()) return known;
      const made = makeKey(owner);
      sealing.set(name, made);
      return made;
    },
    secretOf: (id) => secrets.get(id) ?? load(id),
    forgetAll() {
      sealing.clear();
      secrets.clear();
    },
  };
}
