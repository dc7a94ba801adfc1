// Keys wrapped by keys: nonce, ciphertext and tag in a row (AES-256-GCM). `bound` is what belongs to the wrapped one and must be the
// same again. Pure, but for the nonce.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = "aes-256-gcm";

interface WrappedBy {
  /** 32 bytes. */
  secret: Uint8Array;
  bound?: string;
}

export function wrapBytes(plain: Uint8Array, { secret, bound = "" }: WrappedBy): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, secret, nonce);
  cipher.setAAD(Buffer.from(bound));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Undefined where it was altered, or wrapped by another. */
export function unwrapBytes(wrapped: Buffer, { secret, bound = "" }: WrappedBy): Buffer | undefined {
  if (wrapped.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const nonce = wrapped.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(ALGORITHM, secret, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(wrapped.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}
