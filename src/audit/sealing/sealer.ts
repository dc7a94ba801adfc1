// Personal parts of entries, sealed under a key of the person that they are about: AES-256-GCM, bound to the entry that they
// belong to. Destroying the key makes them unreadable for good, and leaves every proof as it was.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Transaction } from "kysely";
import type { KeyStore } from "../store/key-store.ts";

export interface SealedPart {
  key: string;
  salt: Uint8Array;
  ciphertext: Uint8Array;
}

/** With keys that lie in a table of this room. */
export interface Sealer {
  /** A name for the subject that says nothing without its key. Makes the key where there is none. */
  pseudonym(transaction: Transaction<unknown>, subject: string): Promise<string>;
  /** Makes the keys of all of them with one question, and has them at hand for this transaction. */
  prepare(transaction: Transaction<unknown>, subjects: readonly string[]): Promise<void>;
  /** `boundTo` is the entry's id: sealed parts that change places do not open. */
  seal(
    transaction: Transaction<unknown>,
    subject: string,
    part: { bytes: Uint8Array; boundTo: string },
  ): Promise<SealedPart>;
  /** Undefined where the key was destroyed, or this is not what was sealed. */
  open(part: Pick<SealedPart, "key" | "ciphertext">, boundTo: string): Promise<Uint8Array | undefined>;
  /** Whom these pseudonyms stand for, as far as their keys stand. */
  subjectsOf(pseudonyms: readonly string[]): Promise<Map<string, string>>;
  /** The pseudonym, where the subject has a key. */
  find(subject: string): Promise<string | undefined>;
  /** Destroys the subject's key, in the transaction of what is said of it; undefined where it has none. */
  destroy(transaction: Transaction<unknown>, subject: string): Promise<string | undefined>;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SALT_BYTES = 16;

export function createSealer(keys: KeyStore): Sealer {
  return {
    pseudonym: async (transaction, subject) => (await keys.take(transaction, subject)).id,
    async seal(transaction, subject, { bytes, boundTo }) {
      const { id, key } = await keys.take(transaction, subject);
      return { key: id, salt: randomBytes(SALT_BYTES), ciphertext: encrypt(key, bytes, boundTo) };
    },
    async open({ key: id, ciphertext }, boundTo) {
      const key = await keys.read(id);
      return key && decrypt(key, ciphertext, boundTo);
    },
    prepare: keys.prepare,
    subjectsOf: keys.subjectsOf,
    find: keys.find,
    destroy: keys.destroy,
  };
}

function encrypt(key: Uint8Array, bytes: Uint8Array, boundTo: string): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(boundTo));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, sealed: Uint8Array, boundTo: string): Uint8Array | undefined {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(boundTo))
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}
