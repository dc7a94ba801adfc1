// What a follower wants to know of each call, noted while the call is in memory on its way to PostgreSQL: reading it back would
// cost several times as much. Notes lie with the records that wait for the follower, packed, a line a call.
import type { CallRecord } from "../../contract.ts";

export interface NotedCall {
  /** With the hashes of its bodies. */
  record: CallRecord;
  /** As JSON, as PostgreSQL has it. */
  json: Uint8Array;
  request: Uint8Array | null;
  response: Uint8Array | null;
}

/** One line; undefined where the call is none of the follower's. Quick: a few microseconds. */
export type NoteCall = (call: NotedCall) => string | undefined;

export interface Noting {
  /** Of the follower. */
  name: string;
  note: NoteCall;
}

export interface CallNote {
  id: string;
  note: string;
}

const ID_LENGTH = 36;
const COMPRESSION = { level: 1 };

export function packNotes(notes: readonly CallNote[]): Uint8Array | null {
  if (notes.length === 0) return null;
  return Bun.zstdCompressSync(Buffer.from(notes.map(({ id, note }) => id + note).join("\n")), COMPRESSION);
}

export function unpackNotes(packed: Uint8Array): CallNote[] {
  const lines = Buffer.from(Bun.zstdDecompressSync(packed)).toString("utf8").split("\n");
  return lines.map((line) => ({ id: line.slice(0, ID_LENGTH), note: line.slice(ID_LENGTH) }));
}

interface NoteInput {
  record: CallRecord;
  json: Uint8Array;
  /** As they were said. */
  request: Uint8Array;
  response: Uint8Array;
}

/** Undefined for what is none of the follower's. Puts the hashes of its bodies into the record. */
export function noteOf({ record, json, request, response }: NoteInput, note: NoteCall): CallNote | undefined {
  const { bodies } = record;
  if (bodies.request && request.length > 0) bodies.request.hash = hashOf(request);
  if (bodies.response && response.length > 0) bodies.response.hash = hashOf(response);
  const said = note({ record, json, request: orNull(request), response: orNull(response) });
  return said === undefined ? undefined : { id: record.id, note: said };
}

const orNull = (bytes: Uint8Array): Uint8Array | null => (bytes.length === 0 ? null : bytes);
const hashOf = (bytes: Uint8Array): string => Bun.CryptoHasher.hash("sha256", bytes, "hex");
