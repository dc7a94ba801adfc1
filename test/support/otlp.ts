// Exports in protobuf, made by hand: what exporters send, and what only a hostile sender would.
import { Writer } from "protobufjs/minimal";

/** A value as protobuf's AnyValue says it. */
export type Value = string | number | boolean | bigint | Uint8Array | Value[] | { [key: string]: Value };

export interface MadeSpan {
  traceId: Uint8Array;
  spanId: Uint8Array;
  parentSpanId?: Uint8Array;
  name: string;
  kind?: number;
  startedAtMs: number;
  endedAtMs?: number;
  attributes?: Record<string, Value>;
  events?: { name: string; atMs: number; attributes?: Record<string, Value> }[];
  status?: { code: number; message?: string };
}

export interface MadeExport {
  resource?: Record<string, Value>;
  scope?: string;
  spans: readonly MadeSpan[];
}

/** Sixteen and eight bytes that are not all zero: a place in a sequence. */
export function traceIdAt(place: number): Uint8Array {
  return idOf(place, 16);
}

export function spanIdAt(place: number): Uint8Array {
  return idOf(place, 8);
}

function idOf(place: number, bytes: number): Uint8Array {
  const id = Buffer.alloc(bytes, 1);
  id.writeUInt32BE(place >>> 0, bytes - 4);
  return id;
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** ExportTraceServiceRequest. */
export function writeTraces({ resource = {}, scope = "test", spans }: MadeExport): Buffer {
  const scopeSpans = Writer.create().uint32(10).bytes(Writer.create().uint32(10).string(scope).finish());
  for (const span of spans) scopeSpans.uint32(18).bytes(writeSpan(span));
  return writeLayers(resource, scopeSpans.finish());
}

/** Any export: resource, and one message of its scope and records. */
export function writeLayers(resource: Record<string, Value>, scopeLayer: Uint8Array): Buffer {
  const layer = Writer.create()
    .uint32(10)
    .bytes(writeAttributes(Writer.create(), 10, resource).finish());
  layer.uint32(18).bytes(scopeLayer);
  return Buffer.from(Writer.create().uint32(10).bytes(layer.finish()).finish());
}

export function writeSpan(span: MadeSpan): Uint8Array {
  const { traceId, spanId, parentSpanId, name, kind = 3, startedAtMs, attributes = {}, events = [], status } = span;
  const writer = Writer.create().uint32(10).bytes(traceId).uint32(18).bytes(spanId);
  if (parentSpanId) writer.uint32(34).bytes(parentSpanId);
  writer.uint32(42).string(name).uint32(48).int32(kind);
  writeNanos(writer.uint32(57), startedAtMs);
  writeNanos(writer.uint32(65), span.endedAtMs ?? startedAtMs + 1);
  writeAttributes(writer, 74, attributes);
  for (const event of events) {
    const inner = writeNanos(Writer.create().uint32(9), event.atMs).uint32(18).string(event.name);
    writer.uint32(90).bytes(writeAttributes(inner, 26, event.attributes ?? {}).finish());
  }
  if (status)
    writer.uint32(122).bytes(
      Writer.create()
        .uint32(18)
        .string(status.message ?? "")
        .uint32(24)
        .int32(status.code)
        .finish(),
    );
  return writer.finish();
}

export function writeNanos(writer: Writer, atMs: number): Writer {
  const nanos = BigInt(Math.round(atMs * 1000)) * 1000n;
  return writer.fixed32(Number(nanos & 0xffff_ffffn)).fixed32(Number((nanos >> 32n) & 0xffff_ffffn));
}

export function writeAttributes(writer: Writer, tag: number, attributes: Record<string, Value>): Writer {
  for (const [key, value] of Object.entries(attributes)) writer.uint32(tag).bytes(writePair(key, value));
  return writer;
}

function writePair(key: string, value: Value): Uint8Array {
  return Writer.create().uint32(10).string(key).uint32(18).bytes(writeValue(value)).finish();
}

export function writeValue(value: Value): Uint8Array {
  const writer = Writer.create();
  if (typeof value === "string") return writer.uint32(10).string(value).finish();
  if (typeof value === "boolean") return writer.uint32(16).bool(value).finish();
  if (typeof value === "bigint") return writer.uint32(24).int64(value.toString()).finish();
  if (typeof value === "number")
    return Number.isSafeInteger(value)
      ? writer.uint32(24).int64(value).finish()
      : writer.uint32(33).double(value).finish();
  if (value instanceof Uint8Array) return writer.uint32(58).bytes(value).finish();
  const inner = Writer.create();
  if (Array.isArray(value)) for (const each of value) inner.uint32(10).bytes(writeValue(each));
  else writeAttributes(inner, 10, value);
  return writer
    .uint32(Array.isArray(value) ? 42 : 50)
    .bytes(inner.finish())
    .finish();
}
