// The trail as a file that proves itself: a header with the signed checkpoint and the keys, a line an entry with its proof, after
// an entry of calls a line each, and an end that says how many there were. `verify-export.ts` is the other half.
import type { BatchedCall } from "../calls/call-batch.ts";
import type { StoredEntry } from "../store/entry-store.ts";

export const EXPORT_FORMAT = "binnacle.audit.export/2";
/** Without lines of calls; still read. */
export const EXPORT_FORMAT_BEFORE = "binnacle.audit.export/1";

export interface ExportHeader {
  format: typeof EXPORT_FORMAT | typeof EXPORT_FORMAT_BEFORE;
  /** A signed note. */
  checkpoint: string;
  /** Keys that have signed this tree, in C2SP's words. */
  keys: string[];
  from: number;
  /** Exclusive. */
  until: number;
  /** What was looked for; where this is not null, entries are left out, and only those that are here are proven. */
  filter: Record<string, string | number> | null;
  exported_at_ms: number;
}

export interface ExportedEntry {
  index: number;
  /** As the tree has it, byte by byte. */
  leaf: string;
  proof: string[];
  salt?: string;
  sealed?: string;
}

/** After the entry of its batch, in the order of the batch. */
export interface ExportedCall {
  /** In the batch, from 0. */
  call: number;
  leaf: string;
  /** To the root in the batch's entry: where not all calls of the batch are here. */
  proof?: string[];
  salt?: string;
  sealed?: string;
}

export interface ExportEnd {
  end: true;
  entries: number;
}

export function exportedEntry(entry: StoredEntry, proof: readonly Uint8Array[]): ExportedEntry {
  return {
    index: entry.seq ?? 0,
    leaf: entry.leaf,
    proof: proof.map(base64),
    ...(entry.salt && { salt: base64(entry.salt) }),
    ...(entry.sealed && { sealed: base64(entry.sealed) }),
  };
}

export function exportedCall({ leaf, salt, sealed }: BatchedCall, number: number): ExportedCall {
  return {
    call: number,
    leaf,
    ...(salt && { salt: base64(salt) }),
    ...(sealed && { sealed: base64(sealed) }),
  };
}

export const lineOf = (value: ExportHeader | ExportedEntry | ExportedCall | ExportEnd): string =>
  `${JSON.stringify(value)}\n`;

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
