// Moving through protobuf: into a message and out of it, past fields that are not known. Whatever does not add up throws,
// and whoever reads a record says what becomes of it.
import { Reader } from "protobufjs/minimal";

/** Reads the length of a message and narrows the reader to it; give the result back to `leave`. */
export function enter(reader: Reader): number {
  const outer = reader.len;
  const end = reader.uint32() + reader.pos;
  if (end > outer) throw new RangeError("a message is longer than what it stands in");
  reader.len = end;
  return outer;
}

export function leave(reader: Reader, outer: number): void {
  if (reader.pos !== reader.len) throw new RangeError("a message does not end where it should");
  reader.len = outer;
}

/** Steps over a message or text, and says where it stood. */
export function passBytes(reader: Reader): Buffer {
  const length = reader.uint32();
  const end = reader.pos + length;
  if (end > reader.len) throw new RangeError("a field is longer than what it stands in");
  const bytes = (reader.buf as Buffer).subarray(reader.pos, end);
  reader.pos = end;
  return bytes;
}

/** Steps over a field that is not known, or not of the type that is expected. */
export function passField(reader: Reader, tag: number): void {
  if (tag >>> 3 === 0) throw new RangeError("a field has no number");
  switch (tag & 7) {
    case 0:
      reader.bool();
      return;
    case 1:
      reader.skip(8);
      return;
    case 2:
      reader.skip(reader.uint32());
      return;
    case 5:
      reader.skip(4);
      return;
    default:
      // Groups: long gone from protobuf, and a way to nest without end.
      throw new RangeError(`a field has the type ${tag & 7}`);
  }
}

/** A text, without the part beyond the bound: that is never made a string of. */
export function readText(reader: Reader, bytesMax: number): { text: string; isCut: boolean } {
  const bytes = passBytes(reader);
  const isCut = bytes.length > bytesMax;
  return { text: bytes.toString("utf8", 0, isCut ? bytesMax : bytes.length), isCut };
}

export function readHex(reader: Reader, bytes: number): string {
  const id = passBytes(reader);
  // Longer ones are wrong anyway; their length shows it.
  return id.toString("hex", 0, Math.min(id.length, bytes + 1));
}

/** Nanoseconds since 1970, unsigned, as milliseconds with fraction. */
export function readNanos(reader: Reader): number {
  const low = reader.fixed32();
  const high = reader.fixed32();
  return high * 4294.967296 + low / 1e6;
}

/** Beyond 2^53 as the nearest double. */
export function readFixed64(reader: Reader): number {
  const low = reader.fixed32();
  return reader.fixed32() * 4294967296 + low;
}

export function readSignedFixed64(reader: Reader): number {
  const low = reader.fixed32();
  return reader.sfixed32() * 4294967296 + low;
}

/** Where a number cannot hold it, its digits. */
export function readInt64(reader: Reader): number | string {
  // Most are one byte.
  const first = reader.buf[reader.pos] ?? 255;
  if (first < 128 && reader.pos < reader.len) {
    reader.pos += 1;
    return first;
  }
  // protobufjs' declaration says number as well; with the package `long`, which it brings along, it is a Long.
  const long = BigInt(String(reader.int64()));
  const number = Number(long);
  return Number.isSafeInteger(number) ? number : long.toString();
}

export function openReader(bytes: Uint8Array): Reader {
  // Of a Buffer, protobufjs makes the reader that is faster with texts.
  return Reader.create(Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
}
