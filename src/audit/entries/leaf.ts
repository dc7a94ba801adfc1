// The bytes of an entry that the tree holds: canonical JSON (RFC 8785). Nothing in them names a person: people stand under
// pseudonyms, which their destroyed key makes meaningless; what else is personal is a salted commitment to a ciphertext.
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { AuditEntry, JsonValue } from "./entry.ts";

export const LEAF_VERSION = 1;

export interface Commitment {
  /** Id of the key that opens it. */
  key: string;
  /** Hex of SHA-256(salt ‖ ciphertext). */
  sha256: string;
}

/** What a leaf says, as it is read back. */
export interface Leaf {
  v: number;
  /** The installation that it belongs to: an entry of another has no place here. */
  log: string;
  id: string;
  at_ms: number;
  action: string;
  actor: { kind: string; id: string; name?: string; organisation: string };
  on_behalf_of?: string;
  resource: { type: string; id: string };
  organisation: string;
  outcome: AuditEntry["outcome"];
  policies?: readonly string[];
  request_id?: string;
  details?: { readonly [name: string]: JsonValue };
  sealed?: Commitment;
}

/** Throws a TypeError for what JSON cannot say. */
export function writeLeaf(leaf: Leaf | Omit<Leaf, "log">): string {
  const text = canonicalize(leaf);
  if (text === undefined) throw new TypeError("an entry that JSON cannot say");
  return text;
}

export function commitTo(salt: Uint8Array, ciphertext: Uint8Array): string {
  return createHash("sha256").update(salt).update(ciphertext).digest("hex");
}

/** Details above the bound are told by their size and hash. */
export function boundDetails(details: AuditEntry["details"], bytesMax: number): AuditEntry["details"] {
  if (details === undefined) return undefined;
  const text = canonicalize(details) ?? "null";
  const bytes = Buffer.byteLength(text);
  if (bytes <= bytesMax) return details;
  return { too_long: { bytes, sha256: createHash("sha256").update(text).digest("hex") } };
}
