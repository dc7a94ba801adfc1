// A record as it leaves the house and comes back: whole, with its bodies beside it. The formats lay it out differently; all say
// the same.
import { z } from "zod";
import { type CallRecord, callRecordSchema, type SpanRecord, spanRecordSchema } from "../contract.ts";
import type { CallBodies } from "../store/reading.ts";

export type AnyRecord = CallRecord | SpanRecord;

/** A body as text, or in base64 where it is none; null where none is kept. */
export interface PortableBody {
  text: string;
  is_base64: boolean;
}

export interface PortableRecord {
  record: AnyRecord;
  request: PortableBody | null;
  response: PortableBody | null;
}

/** A file that can be read from the beginning, or in places. */
export interface ImportSource {
  size: number;
  stream(): AsyncIterable<Uint8Array>;
  slice(start: number, end: number): Promise<ArrayBuffer>;
}

export interface FoundRecord {
  /** Line or row, from 1. */
  at: number;
  value: unknown;
}

const bodySchema = z
  .strictObject({ text: z.string(), is_base64: z.boolean().default(false) })
  .nullable()
  .default(null);

const portableSchema = z.strictObject({
  record: z.union([callRecordSchema, spanRecordSchema]),
  request: bodySchema,
  response: bodySchema,
});

/** What a line, a row or a page of a file says. Throws ZodError. */
export function readPortable(value: unknown): PortableRecord {
  return portableSchema.parse(value);
}

export function portableFrom(record: AnyRecord, bodies: CallBodies | undefined): PortableRecord {
  return { record, request: bodyFrom(bodies?.request), response: bodyFrom(bodies?.response) };
}

function bodyFrom(bytes: Uint8Array | null | undefined): PortableBody | null {
  if (!bytes) return null;
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), is_base64: false };
  } catch {
    return { text: Buffer.from(bytes).toString("base64"), is_base64: true };
  }
}

export function bytesOf({ text, is_base64 }: PortableBody): Uint8Array {
  return Buffer.from(text, is_base64 ? "base64" : "utf8");
}
