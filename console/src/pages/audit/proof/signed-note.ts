// Checkpoints as C2SP writes them (signed-note, tlog-checkpoint): a few lines that say how large the tree is and what its root
// is, and below them who signed that.
import { type Bytes, encode, fromBase64, HASH_BYTES, isSame, join, sha256, toHex } from "./hashing.ts";

export interface Checkpoint {
  origin: string;
  size: number;
  root: Bytes;
  /** What was signed; ends with a line break. */
  text: string;
  signatures: { name: string; keyId: string; signature: Bytes }[];
}

export interface SigningKey {
  name: string;
  /** Eight hexadecimal digits. */
  id: string;
  publicKey: Bytes;
}

const ED25519 = 1;
const KEY_ID_BYTES = 4;
const IS_SIZE = /^(0|[1-9]\d{0,15})$/;
const IS_SIGNATURE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/;
const IS_KEY = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/;

/** Null where it is no signed checkpoint. */
export function readCheckpoint(note: string): Checkpoint | null {
  const end = note.lastIndexOf("\n\n");
  if (end < 0 || !note.endsWith("\n")) return null;
  const text = note.slice(0, end + 1);
  const [origin, size, base64, rest] = text.split("\n");
  const root = base64 === undefined ? null : fromBase64(base64);
  if (!origin || size === undefined || !IS_SIZE.test(size) || root?.length !== HASH_BYTES || rest === undefined)
    return null;
  const signatures = note
    .slice(end + 2, -1)
    .split("\n")
    .map(readSignature);
  if (!signatures.every((signature) => signature !== null)) return null;
  return { origin, size: Number(size), root, text, signatures };
}

function readSignature(line: string): Checkpoint["signatures"][number] | null {
  const [, name, base64] = IS_SIGNATURE.exec(line) ?? [];
  const bytes = base64 === undefined ? null : fromBase64(base64);
  if (name === undefined || bytes === null) return null;
  return { name, keyId: toHex(bytes.subarray(0, KEY_ID_BYTES)), signature: bytes.slice(KEY_ID_BYTES) };
}

/** `name+id+base64`, as C2SP writes a key. Null where it is none, or its id is another key's. */
export async function readKey(text: string): Promise<SigningKey | null> {
  const [, name, id, base64] = IS_KEY.exec(text.trim()) ?? [];
  const bytes = base64 === undefined ? null : fromBase64(base64);
  if (name === undefined || id === undefined || bytes?.[0] !== ED25519 || bytes.length !== 1 + HASH_BYTES) return null;
  const named = await sha256(join(encode(`${name}\n`), bytes));
  return toHex(named.subarray(0, KEY_ID_BYTES)) === id ? { name, id, publicKey: bytes.slice(1) } : null;
}

/** Throws where the browser knows nothing of Ed25519. */
export async function isSignedBy({ text, signatures }: Checkpoint, key: SigningKey): Promise<boolean> {
  const material = await crypto.subtle.importKey("raw", key.publicKey, { name: "Ed25519" }, false, ["verify"]);
  for (const { name, keyId, signature } of signatures) {
    if (name !== key.name || keyId !== key.id) continue;
    if (await crypto.subtle.verify({ name: "Ed25519" }, material, signature, encode(text))) return true;
  }
  return false;
}

export const isSameRoot = (checkpoint: Checkpoint, root: Uint8Array | null): boolean =>
  root !== null && isSame(checkpoint.root, root);
