// Makes a run of frames ready for PostgreSQL: few large parameters, as the journal's own bytes wherever possible. Records
// are parsed and bodies are hashed over there. Long bodies are compressed here, and then hashed here too.
import type { Frame } from "../journal/frame.ts";
import { encodeByteaArray } from "./bytea-array.ts";

/** The parameters of one write: arrays in PostgreSQL's binary form, with one element a record. */
export interface Batch {
  /** JSON in UTF-8. */
  records: Buffer;
  /** Null where no body was stored. */
  requests: Buffer;
  responses: Buffer;
  /** Of bodies that are compressed (zstd); else null. */
  requestHashes: Buffer;
  responseHashes: Buffer;
}

interface Body {
  bytes: Uint8Array | null;
  hash: Uint8Array | null;
}

const DAY_MS = 86_400_000;
const NO_BODY: Body = { bytes: null, hash: null };
const COMPRESS_FROM_BYTES = 2048;
/** Longer ones are compressed on another thread: this one serves calls. */
const COMPRESS_APART_FROM_BYTES = 64 * 1024;
const COMPRESSION = { level: 1 };
/** Calls get their turn after this much of the journal. */
const TURN_BYTES = 256 * 1024;

export async function makeBatch(frames: readonly Frame[]): Promise<Batch> {
  const requests: Body[] = [];
  const responses: Body[] = [];
  let bytesInTurn = 0;
  for (const { request, response, bytes } of frames) {
    requests.push(isLong(request) ? await compress(request) : bodyOf(request));
    responses.push(isLong(response) ? await compress(response) : bodyOf(response));
    bytesInTurn += bytes.length;
    if (bytesInTurn < TURN_BYTES) continue;
    bytesInTurn = 0;
    await new Promise(setImmediate);
  }
  return {
    records: encodeRecords(frames.map(({ json }) => json)),
    requests: encodeByteaArray(requests.map(({ bytes }) => bytes)),
    responses: encodeByteaArray(responses.map(({ bytes }) => bytes)),
    requestHashes: encodeByteaArray(requests.map(({ hash }) => hash)),
    responseHashes: encodeByteaArray(responses.map(({ hash }) => hash)),
  };
}

function isLong(bytes: Uint8Array): boolean {
  return bytes.length >= COMPRESS_FROM_BYTES;
}

function bodyOf(bytes: Uint8Array): Body {
  return bytes.length === 0 ? NO_BODY : { bytes, hash: null };
}

/** Where that makes it shorter. */
async function compress(bytes: Uint8Array): Promise<Body> {
  const isShort = bytes.length < COMPRESS_APART_FROM_BYTES;
  const compressed = isShort ? Bun.zstdCompressSync(bytes, COMPRESSION) : await Bun.zstdCompress(bytes, COMPRESSION);
  return compressed.length < bytes.length ? { bytes: compressed, hash: hashBody(bytes) } : bodyOf(bytes);
}

/** SHA-256 of a body as stored, uncompressed. PostgreSQL's `sha256` gives the same. */
export function hashBody(bytes: Uint8Array): Buffer {
  return Bun.CryptoHasher.hash("sha256", bytes);
}

/** The UTC day of a time, counted from the epoch. */
export function dayOf(epochMs: number): number {
  return Math.floor(epochMs / DAY_MS);
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
