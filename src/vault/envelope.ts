// How sealed bytes look: a mark, the id of the data key, a nonce, the ciphertext and its tag (AES-256-GCM). Where they belong is
// bound to them: bytes that are moved to another record do not open. Pure.
import { createCipheriv, createDecipheriv } from "node:crypto";
import { SEAL_MARK } from "../kernel/index.ts";

const MARK = SEAL_MARK;
/** Behind the mark: what lies in it, as it is or compressed. */
const [PLAIN, ZSTD] = [0x01, 0x02];
const ID_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ID_AT = MARK.length + 1;
const HEAD_BYTES = ID_AT + ID_BYTES + NONCE_BYTES;
const ALGORITHM = "aes-256-gcm";

export interface DataKey {
  /** A UUID's bytes. */
  readonly id: Uint8Array;
  /** 32 bytes. */
  readonly secret: Uint8Array;
}

/** A UUID. */
export function keyIdIn(sealed: Uint8Array): string {
  return uuidOf(sealed.subarray(ID_AT, ID_AT + ID_BYTES));
}

export interface SealOptions {
  key: DataKey;
  place: string;
  nonce: Uint8Array;
  /** What is given is zstd, and is to come out decompressed. */
  isZstd?: boolean;
}

export function seal(plain: Uint8Array, { key, place, nonce, isZstd = false }: SealOptions): Buffer {
  const cipher = createCipheriv(ALGORITHM, key.secret, nonce);
  cipher.setAAD(boundTo(place, isZstd ? ZSTD : PLAIN));
  const sealed = Buffer.allocUnsafe(HEAD_BYTES + plain.length + TAG_BYTES);
  sealed.set(MARK);
  sealed[MARK.length] = isZstd ? ZSTD : PLAIN;
  sealed.set(key.id, ID_AT);
  sealed.set(nonce, ID_AT + ID_BYTES);
  sealed.set(cipher.update(plain), HEAD_BYTES);
  cipher.final();
  sealed.set(cipher.getAuthTag(), HEAD_BYTES + plain.length);
  return sealed;
}

/** Undefined where it was altered, or belongs to another place. */
export function open(sealed: Uint8Array, { secret, place }: { secret: Uint8Array; place: string }): Buffer | undefined {
  const nonce = sealed.subarray(ID_AT + ID_BYTES, HEAD_BYTES);
  const decipher = createDecipheriv(ALGORITHM, secret, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(place, sealed[MARK.length] ?? PLAIN));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    const plain = Buffer.concat([
      decipher.update(sealed.subarray(HEAD_BYTES, sealed.length - TAG_BYTES)),
      decipher.final(),
    ]);
    return sealed[MARK.length] === ZSTD ? Bun.zstdDecompressSync(plain) : plain;
  } catch {
    return undefined;
  }
}

function boundTo(place: string, form: number): Buffer {
  return Buffer.from(`${form}:${place}`);
}

export const NONCE_LENGTH = NONCE_BYTES;

export function uuidOf(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export function bytesOfUuid(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}
