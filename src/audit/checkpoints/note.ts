// Signed notes and checkpoints as C2SP says (signed-note, tlog-checkpoint): a few lines of text, and signatures below them.
import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { HASH_BYTES } from "../tree/hashes.ts";

export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array;
}

export interface NoteSignature {
  name: string;
  /** Four bytes that say which key, and the signature. */
  bytes: Uint8Array;
}

export interface Note {
  /** What was signed; ends with a line break. */
  text: string;
  signatures: NoteSignature[];
}

/** The first byte of a key's material says of which kind it is. */
export const ED25519 = 1;
export const COSIGNATURE = 4;

export interface Verifier {
  name: string;
  kind: number;
  key: KeyObject;
  id: Uint8Array;
}

const KEY_ID_BYTES = 4;
const PUBLIC_KEY_BYTES = 32;
/** What comes before the 32 bytes of an Ed25519 key in its DER (RFC 8410). */
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

export const writeCheckpoint = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${Buffer.from(root).toString("base64")}\n`;

export function readCheckpoint(text: string): Checkpoint | undefined {
  const [origin, size, root, end] = text.split("\n");
  if (!origin || !size || !root || end === undefined || !/^(0|[1-9]\d{0,15})$/.test(size)) return undefined;
  const hash = Buffer.from(root, "base64");
  if (hash.length !== HASH_BYTES || hash.toString("base64") !== root) return undefined;
  return { origin, size: Number(size), root: hash };
}

export const writeSignature = ({ name, bytes }: NoteSignature): string =>
  `— ${name} ${Buffer.from(bytes).toString("base64")}\n`;

export const writeNote = ({ text, signatures }: Note): string => `${text}\n${signatures.map(writeSignature).join("")}`;

/** Undefined where this is no signed note. */
export function readNote(note: string): Note | undefined {
  const end = note.lastIndexOf("\n\n");
  if (end < 0 || !note.endsWith("\n")) return undefined;
  const signatures = readSignatures(note.slice(end + 2));
  return signatures && { text: note.slice(0, end + 1), signatures };
}

/** A line each; undefined where one of them is none. */
export function readSignatures(lines: string): NoteSignature[] | undefined {
  const signatures: NoteSignature[] = [];
  for (const line of lines.split("\n").slice(0, -1)) {
    const found = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(line);
    if (!found) return undefined;
    signatures.push({ name: found[1] ?? "", bytes: Buffer.from(found[2] ?? "", "base64") });
  }
  return signatures;
}

export function keyIdOf(name: string, kind: number, publicKey: Uint8Array): Uint8Array {
  const material = Buffer.concat([Buffer.from(`${name}\n`), Uint8Array.of(kind), publicKey]);
  return createHash("sha256").update(material).digest().subarray(0, KEY_ID_BYTES);
}

export const publicBytesOf = (key: KeyObject): Uint8Array =>
  key.export({ type: "spki", format: "der" }).subarray(SPKI_PREFIX.length);

/** `name+id+key`, as C2SP writes a verifier's key. */
export function writeVerifier(name: string, kind: number, publicKey: Uint8Array): string {
  const id = Buffer.from(keyIdOf(name, kind, publicKey)).toString("hex");
  return `${name}+${id}+${Buffer.concat([Uint8Array.of(kind), publicKey]).toString("base64")}`;
}

export function readVerifier(text: string): Verifier | undefined {
  const found = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text);
  if (!found) return undefined;
  const [, name = "", id = "", material = ""] = found;
  const bytes = Buffer.from(material, "base64");
  const kind = bytes[0] ?? 0;
  const publicKey = bytes.subarray(1);
  if (publicKey.length !== PUBLIC_KEY_BYTES || (kind !== ED25519 && kind !== COSIGNATURE)) return undefined;
  const own = Buffer.from(keyIdOf(name, kind, publicKey));
  if (own.toString("hex") !== id) return undefined;
  const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicKey]), format: "der", type: "spki" });
  return { name, kind, key, id: own };
}

/** Whether this key signed the note. */
export function isSignedBy({ text, signatures }: Note, { name, kind, key, id }: Verifier): boolean {
  return signatures.some(({ name: by, bytes }) => {
    if (by !== name || !Buffer.from(bytes.subarray(0, KEY_ID_BYTES)).equals(id)) return false;
    const signature = bytes.subarray(KEY_ID_BYTES);
    if (kind === ED25519) return verify(null, Buffer.from(text), key, signature);
    if (signature.length < 8) return false;
    return verify(null, cosignedText(text, Buffer.from(signature).readBigUInt64BE(0)), key, signature.subarray(8));
  });
}

/** What a witness signs: the checkpoint, and when it saw it. */
export const cosignedText = (text: string, seconds: bigint): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);
