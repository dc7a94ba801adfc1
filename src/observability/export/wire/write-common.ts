// The parts that traces and metrics share, as protobuf. Field numbers are those of opentelemetry-proto 1.x (common/v1,
// resource/v1); a field's tag is its number and how it is written.
import type { Writer } from "protobufjs/minimal.js";
import type { AnyValue, KeyValue, Resource, Scope } from "./otlp.ts";

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;

export const tagOf = {
  varint: (field: number): number => (field << 3) | VARINT,
  fixed64: (field: number): number => (field << 3) | FIXED64,
  bytes: (field: number): number => (field << 3) | BYTES,
};

/** A message within a message. */
export function writeMessage(writer: Writer, field: number, write: (writer: Writer) => void): void {
  writer.uint32(tagOf.bytes(field)).fork();
  write(writer);
  writer.ldelim();
}

export function writeText(writer: Writer, field: number, text: string): void {
  if (text !== "") writer.uint32(tagOf.bytes(field)).string(text);
}

/** An id in hex. */
export function writeId(writer: Writer, field: number, hex: string): void {
  if (hex !== "") writer.uint32(tagOf.bytes(field)).bytes(Buffer.from(hex, "hex"));
}

const LOW = 0xffff_ffffn;

/** Text of an unsigned 64-bit number; exact, where a double would not be. */
export function writeFixed64(writer: Writer, field: number, value: string): void {
  writer.uint32(tagOf.fixed64(field));
  putFixed64(writer, value);
}

export function putFixed64(writer: Writer, value: string): void {
  const whole = BigInt(value);
  writer.fixed32(Number(whole & LOW)).fixed32(Number(whole >> 32n));
}

export function writeAttributes(writer: Writer, field: number, attributes: readonly KeyValue[]): void {
  for (const { key, value } of attributes)
    writeMessage(writer, field, () => {
      writeText(writer, 1, key);
      writeMessage(writer, 2, () => writeValue(writer, value));
    });
}

function writeValue(writer: Writer, value: AnyValue): void {
  if ("stringValue" in value) writer.uint32(tagOf.bytes(1)).string(value.stringValue);
  else if ("boolValue" in value) writer.uint32(tagOf.varint(2)).bool(value.boolValue);
  // Only numbers that a double holds exactly are made integers.
  else if ("intValue" in value) writer.uint32(tagOf.varint(3)).int64(Number(value.intValue));
  else if ("doubleValue" in value) writer.uint32(tagOf.fixed64(4)).double(value.doubleValue);
  else
    writeMessage(writer, 5, () => {
      for (const each of value.arrayValue.values) writeMessage(writer, 1, () => writeValue(writer, each));
    });
}

export function writeResource(writer: Writer, resource: Resource): void {
  writeMessage(writer, 1, () => writeAttributes(writer, 1, resource.attributes));
}

export function writeScope(writer: Writer, { name, version }: Scope): void {
  writeMessage(writer, 1, () => {
    writeText(writer, 1, name);
    writeText(writer, 2, version);
  });
}
