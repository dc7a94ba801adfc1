// Makes a run of frames ready for PostgreSQL: few large parameters, as the journal's own bytes wherever possible. Records
// are not parsed here; PostgreSQL does that. Bodies get their hashes, and long ones are compressed.
import type { Frame } from "../journal/frame.ts";
import { encodeByteaArray, encodeIntegerArray } from "./binary-array.ts";

/** The parameters of one write, as arrays in PostgreSQL's binary form. */
export interface Batch {
  /** One element a record: its JSON in UTF-8, and the hashes of its bodies, null where none was stored. */
  records: Buffer;
  requestHashes: Buffer;
  responseHashes: Buffer;
  /** One element a body; none is there twice. */
  bodyHashes: Buffer;
  bodyBytes: Buffer;
  /** The UTC days, counted from the epoch, on which their calls started. */
  bodyDays: Buffer;
  /** 1 where the bytes are compressed with zstd, else 0. */
  bodyIsCompressed: Buffer;
}

interface Body {
  hash: Buffer;
  day: number;
  bytes: Uint8Array;
  isCompressed: boolean;
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
  const requestHashes: (Buffer | null)[] = [];
  const responseHashes: (Buffer | null)[] = [];
  for (const { request, response, startedAtMs } of frames) {
    const day = dayOf(startedAtMs);
    requestHashes.push(addBody(bodies, request, day));
    responseHashes.push(addBody(bodies, response, day));
    if (requestHashes.length % TURN_RECORDS === 0) await new Promise(setImmediate);
  }
  const list = [...bodies.values()];
  for (const body of list) if (body.bytes.length >= COMPRESS_FROM_BYTES) await compress(body);
  return {
    records: encodeRecords(frames.map(({ json }) => json)),
    requestHashes: encodeByteaArray(requestHashes),
    responseHashes: encodeByteaArray(responseHashes),
    bodyHashes: encodeByteaArray(list.map(({ hash }) => hash)),
    bodyBytes: encodeByteaArray(list.map(({ bytes }) => bytes)),
    bodyDays: encodeIntegerArray(list.map(({ day }) => day)),
    bodyIsCompressed: encodeIntegerArray(list.map(({ isCompressed }) => Number(isCompressed))),
  };
}

/** The UTC day of a time, counted from the epoch. */
export function dayOf(epochMs: number): number {
  return Math.floor(epochMs / DAY_MS);
}

function addBody(bodies: Map<string, Body>, bytes: Uint8Array, day: number): Buffer | null {
  if (bytes.length === 0) return null;
  const hash = hashBody(bytes);
  const key = hash.toString("latin1") + String(day);
  if (!bodies.has(key)) bodies.set(key, { hash, day, bytes, isCompressed: false });
  return hash;
}

/** SHA-256 of a body as stored, uncompressed. */
export function hashBody(bytes: Uint8Array): Buffer {
  return Bun.CryptoHasher.hash("sha256", bytes);
}

/** Where that makes it shorter. */
async function compress(body: Body): Promise<void> {
  const { bytes } = body;
  const isShort = bytes.length < COMPRESS_APART_FROM_BYTES;
  const compressed = isShort ? Bun.zstdCompressSync(bytes, COMPRESSION) : await Bun.zstdCompress(bytes, COMPRESSION);
  if (compressed.length >= bytes.length) return;
  body.bytes = compressed;
  body.isCompressed = true;
}

function encodeRecords(records: readonly Uint8Array[]): Buffer {
  const array = encodeByteaArray(records);
  // jsonb can hold neither U+0000 nor half a surrogate pair. Records hardly ever do, so one search looks through all.
  const isClean = !array.includes("\\u0000") && !array.includes("\\ud");
  return isClean ? array : encodeByteaArray(records.map(cleanRecord));
}

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
