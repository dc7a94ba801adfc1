// Sealing and opening with the keys at hand. To seal asks nobody; to open asks PostgreSQL for a key that is not at hand.
import { randomBytes } from "node:crypto";
import { type ContentSealer, isSealed } from "../kernel/index.ts";
import { bytesOfUuid, keyIdIn, NONCE_LENGTH, open, seal } from "./envelope.ts";
import { vaultErrors } from "./errors.ts";
import type { KeyRing } from "./keys/key-ring.ts";

/** To open throws `vault.unreadable`. */
export interface Sealing extends Pick<ContentSealer, "seal" | "open"> {
  /** Sealed again with the same key, compressed where that makes it shorter; undefined where the key was destroyed. */
  pack(
    plain: Uint8Array,
    at: { like: Uint8Array; place: string },
  ): Uint8Array | undefined | Promise<Uint8Array | undefined>;
}

type Secret = Uint8Array | undefined;

const ZSTD_FROM_BYTES = 2048;
const COMPRESSION = { level: 1 };

export function createSealing(ring: KeyRing): Sealing {
  /** At once where the key is at hand. */
  function withSecret(id: string, use: (secret: Secret) => Secret): Secret | Promise<Secret> {
    const secret = ring.secretOf(id);
    return secret instanceof Promise ? secret.then(use) : use(secret);
  }

  return {
    seal: (plain, { owner, place }) =>
      seal(plain, { key: ring.keyFor(owner), place, nonce: randomBytes(NONCE_LENGTH) }),
    open(bytes, place) {
      if (!isSealed(bytes)) return bytes;
      return withSecret(keyIdIn(bytes), (secret) => {
        if (secret === undefined) return undefined;
        const plain = open(bytes, { secret, place });
        if (!plain) throw vaultErrors.unreadable({ place });
        return plain;
      });
    },
    pack(plain, { like, place }) {
      // `like` may be a view of something that is written over.
      const id = keyIdIn(like);
      return withSecret(id, (secret) => {
        if (secret === undefined) return undefined;
        const zstd = plain.length < ZSTD_FROM_BYTES ? plain : Bun.zstdCompressSync(plain, COMPRESSION);
        const isZstd = zstd.length < plain.length;
        const key = { id: bytesOfUuid(id), secret };
        return seal(isZstd ? zstd : plain, { key, place, nonce: randomBytes(NONCE_LENGTH), isZstd });
      });
    },
  };
}
