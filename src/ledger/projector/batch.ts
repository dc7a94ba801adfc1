// Makes a run of frames ready for PostgreSQL: few large parameters, as the journal's own bytes wherever possible. Records
// are not parsed here; PostgreSQL does that. Bodies get their hashes, and long ones are compressed.
import type { Frame } from "../journal/frame.ts";
import { encodeByteaArray } from "./bytea-array.ts";

export interface Batch {
  /** All records, as PostgreSQL's binary form of one jsonb array. */
  records: Buffer;
  /** Binary `bytea[]`, one element a record; null where no body was stored. */
  requestHashes: Buffer;
  responseHashes: Buffer;
  bodies: {
    /** Binary `bytea[]`, as are `bytes`. */
    hashes: Buffer;
    bytes: Buffer;
    encodings: BodyEncoding[];
    /** Which record each belongs to, counted from 1, and whether it is the request of it. */
    records: number[];
    areRequests: boolean[];
  };
}

export type BodyEncoding = "plain" | "zstd";

interface Body {
  hash: Uint8Array;
  bytes: Uint8Array;
  encoding: BodyEncoding;
  record: number;
  isRequest: boolean;
}

const DAY_MS = 86_400_000;
const COMPRESS_FROM_BYTES = 2048;
/** Longer ones are compressed on another thread: this one serves calls. */
const COMPRESS_APART_FROM_BYTES = 64 * 1024;
const COMPRESSION = { level: 1 };
/** Calls get their turn after this many records. */
const TURN_RECORDS = 64;

export async function makeBatch(frames: readonly Frame[]): Promise<Batch> {
  const bodies = new Map<string, Body>();
  const requestHashes: (Uint8Array | null)[] = [];
  const responseHashes: (Uint8Array | null)[] = [];
  for (const [place, frame] of frames.entries()) {
    const day = dayOf(frame.startedAtMs);
    const record = place + 1;
    requestHashes.push(await addBody(bodies, frame.request, { day, record, isRequest: true }));
    responseHashes.push(await addBody(bodies, frame.response, { day, record, isRequest: false }));
    if (record % TURN_RECORDS === 0) await new Promise(setImmediate);
  }
  const list = [...bodies.values()];
  return {
    records: jsonbArray(frames.map(({ json }) => json)),
    requestHashes: encodeByteaArray(requestHashes),
    responseHashes: encodeByteaArray(responseHashes),
    bodies: {
      hashes: encodeByteaArray(list.map(({ hash }) => hash)),
      bytes: encodeByteaArray(list.map(({ bytes }) => bytes)),
      encodings: list.map(({ encoding }) => encoding),
      records: list.map(({ record }) => record),
      areRequests: list.map(({ isRequest }) => isRequest),
    },
  };
}

/** The UTC day of a time, counted from the epoch. */
export function dayOf(epochMs: number): number {
  return Math.floor(epochMs / DAY_MS);
}

async function addBody(
  bodies: Map<string, Body>,
  bytes: Uint8Array,
  { day, record, isRequest }: { day: number; record: number; isRequest: boolean },
): Promise<Uint8Array | null> {
  if (bytes.length === 0) return null;
  const hash = hashBody(bytes);
  const key = `${day}/${hash.toString("latin1")}`;
  if (!bodies.has(key)) bodies.set(key, { hash, record, isRequest, ...(await compressBody(bytes)) });
  return hash;
}

/** SHA-256 of a body as stored, uncompressed. */
export function hashBody(bytes: Uint8Array): Buffer {
  return Bun.CryptoHasher.hash("sha256", bytes);
}

async function compressBody(bytes: Uint8Array): Promise<{ bytes: Uint8Array; encoding: BodyEncoding }> {
  if (bytes.length < COMPRESS_FROM_BYTES) return { bytes, encoding: "plain" };
  const compressed =
    bytes.length < COMPRESS_APART_FROM_BYTES
      ? Bun.zstdCompressSync(bytes, COMPRESSION)
      : await Bun.zstdCompress(bytes, COMPRESSION);
  return compressed.length < bytes.length ? { bytes: compressed, encoding: "zstd" } : { bytes, encoding: "plain" };
}

/** PostgreSQL's binary form of jsonb: a version, then the text. */
function jsonbArray(records: readonly Uint8Array[]): Buffer {
  const array = joinRecords(records);
  // jsonb can hold neither U+0000 nor half a surrogate pair. Records hardly ever do, so one search looks for both.
  if (!array.includes("\\u0000") && !array.includes("\\ud")) return array;
  return joinRecords(records.map(cleanRecord));
}

function joinRecords(records: readonly Uint8Array[]): Buffer {
  const array = Buffer.allocUnsafe(records.reduce((sum, { length }) => sum + length + 1, 3));
  let at = array.write("\u0001[", 0);
  for (const [place, record] of records.entries()) {
    if (place > 0) at = array.writeUInt8(COMMA, at);
    array.set(record, at);
    at += record.length;
  }
  return array.subarray(0, at + array.write("]", at));
}

const COMMA = 0x2c;

function cleanRecord(record: Uint8Array): Uint8Array {
  const cleaned: unknown = JSON.parse(Buffer.from(record).toString(), (_, value: unknown) =>
    typeof value === "string" ? cleanText(value) : value,
  );
  return Buffer.from(JSON.stringify(cleaned));
}

/** The text as PostgreSQL can hold it: what it cannot, shows as U+FFFD. */
export function cleanText(text: string): string {
  return text.replaceAll("\0", "\uFFFD").toWellFormed();
}
