// Moving through protobuf: into a message and out of it, past fields that are not known. Whatever does not add up throws,
// and whoever reads a record says what becomes of it.
import { Reader } from "protobufjs/minimal";

/** Reads the length of a message and narrows the reader to it; give the result back to `leave`. */
export function enter(reader: Reader): number {
  const outer = reader.len;
  reader.len = endOfField(reader);
  return outer;
}

export function leave(reader: Reader, outer: number): void {
  if (reader.pos !== reader.len) throw new RangeError("a message does not end where it should");
  reader.len = outer;
}

/** Reads the length of a field. */
function endOfField(reader: Reader): number {
  const end = reader.uint32() + reader.pos;
  if (end > reader.len) throw new RangeError("a field is longer than what it stands in");
  return end;
}

/** Steps over a message or text, and says where it stood. */
export function passBytes(reader: Reader): Buffer {
  const end = endOfField(reader);
  const bytes = bufferOf(reader).subarray(reader.pos, end);
  reader.pos = end;
  return bytes;
}

/** All readers here are opened on a Buffer (`openReader`). */
function bufferOf(reader: Reader): SliceableBuffer {
  return reader.buf as SliceableBuffer;
}

/** Node's and Bun's buffers have these faces as well, which are quicker than `toString`; their declaration does not say so. */
interface SliceableBuffer extends Buffer {
  utf8Slice(from: number, to: number): string;
  hexSlice(from: number, to: number): string;
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
      reader.pos = endOfField(reader);
      return;
    case 5:
      reader.skip(4);
      return;
    default:
      // Groups: long gone from protobuf, and a way to nest without end.
      throw new RangeError(`a field has the type ${tag & 7}`);
  }
}

/** A text, without the part beyond the bound: that is never made a string of. `onCut` hears where there is one. */
export function readText(reader: Reader, bytesMax: number, onCut: () => void): string {
  const end = endOfField(reader);
  const from = reader.pos;
  reader.pos = end;
  if (end - from <= bytesMax) return bufferOf(reader).utf8Slice(from, end);
  onCut();
  return bufferOf(reader).utf8Slice(from, from + bytesMax);
}

/** Texts that were read before and recur: keys of attributes. */
export type KnownTexts = (string | undefined)[];

const KNOWN_TEXTS = 512;
const KNOWN_LENGTH_MAX = 64;
const KEY_BYTES_MAX = 1024;

/** Of one request. */
export function createKnownTexts(): KnownTexts {
  return Array.from({ length: KNOWN_TEXTS }, () => undefined);
}

/** A key: mostly one that was just seen in another span, and need not be made again. */
export function readKey(reader: Reader, known: KnownTexts): string {
  const end = endOfField(reader);
  const from = reader.pos;
  const length = end - from;
  reader.pos = end;
  const buffer = bufferOf(reader);
  if (length > KNOWN_LENGTH_MAX) return buffer.utf8Slice(from, Math.min(end, from + KEY_BYTES_MAX));
  let hash = length;
  for (let at = from; at < end; at += 1) hash = (Math.imul(hash, 31) + (buffer[at] ?? 0)) | 0;
  const slot = (hash ^ (hash >>> 9)) & (KNOWN_TEXTS - 1);
  const text = known[slot];
  if (text !== undefined && isAt(buffer, from, { text, length })) return text;
  return (known[slot] = buffer.utf8Slice(from, end));
}

/** True for ASCII alone: of other letters, the bytes are not the units of the text. */
function isAt(buffer: Buffer, from: number, { text, length }: { text: string; length: number }): boolean {
  if (text.length !== length) return false;
  for (let place = 0; place < length; place += 1) {
    const unit = text.charCodeAt(place);
    if (unit > 127 || unit !== buffer[from + place]) return false;
  }
  return true;
}

export function readHex(reader: Reader, bytes: number): string {
  const end = endOfField(reader);
  const from = reader.pos;
  reader.pos = end;
  // Longer ones are wrong anyway; their length shows it.
  return bufferOf(reader).hexSlice(from, Math.min(end, from + bytes + 1));
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

/** In this many bytes of seven bits is nothing that a number cannot hold. */
const SURE_BYTES = 7;

/** Where a number cannot hold it, its digits. */
export function readInt64(reader: Reader): number | string {
  const { buf, pos, len } = reader;
  let value = 0;
  let factor = 1;
  for (let at = pos; at < len && at < pos + SURE_BYTES; at += 1) {
    const byte = buf[at] ?? 0;
    value += (byte & 127) * factor;
    factor *= 128;
    if (byte > 127) continue;
    reader.pos = at + 1;
    return value;
  }
  // Negative, or very long. With the package `long`, which protobufjs brings along, it is a Long and not a number.
  const whole = BigInt(String(reader.int64()));
  const number = Number(whole);
  return Number.isSafeInteger(number) ? number : whole.toString();
}

export function openReader(bytes: Uint8Array): Reader {
  // Of a Buffer, protobufjs makes the reader that is faster with texts.
  return Reader.create(Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
}
