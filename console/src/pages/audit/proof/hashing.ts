// The hashes of RFC 6962, made by the browser itself: of leaves and of nodes. Nothing here asks the server anything.

export type Bytes = Uint8Array<ArrayBuffer>;

export const HASH_BYTES = 32;

const LEAF_PREFIX = 0;
const NODE_PREFIX = 1;

/** Browsers hash and check signatures only where the page came by HTTPS, or from the same machine. */
export const canHash = (): boolean => globalThis.crypto?.subtle !== undefined;

export async function sha256(...parts: readonly Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));
}

export const hashLeaf = (leaf: string): Promise<Bytes> => sha256(Uint8Array.of(LEAF_PREFIX), encode(leaf));

export const hashNode = (left: Uint8Array, right: Uint8Array): Promise<Bytes> =>
  sha256(Uint8Array.of(NODE_PREFIX), left, right);

export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

export const encode = (text: string): Bytes => new TextEncoder().encode(text);

export function join(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Null for what is not base64, or not written the one way it can be. */
export function fromBase64(text: string): Bytes | null {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.codePointAt(0) ?? 0);
    return toBase64(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCodePoint(...bytes));

export const toHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
