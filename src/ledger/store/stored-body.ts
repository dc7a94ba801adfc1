// Bodies as they lie in PostgreSQL: compressed where that made them shorter, their hashes beside the record that names them.
import { isSealed } from "../../kernel/index.ts";
import type { CallRecord, SpanRecord } from "../contract.ts";

/** What is sealed stays so: it was compressed before that. */
export function plainBody(bytes: Buffer | null, isZstd: boolean | null): Uint8Array | null {
  return bytes && isZstd && !isSealed(bytes) ? Bun.zstdDecompressSync(bytes) : bytes;
}

/** The record was written before its bodies' hashes were known. */
export function withHashes<Record extends CallRecord | SpanRecord>(
  record: Record,
  requestHash: Buffer | null,
  responseHash: Buffer | null,
): Record {
  const { request, response } = record.bodies;
  if (request && requestHash) request.hash = requestHash.toString("hex");
  if (response && responseHash) response.hash = responseHash.toString("hex");
  return record;
}
