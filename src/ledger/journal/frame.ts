// One record as bytes: how it is put together and how it is recognised. What the record says is not known here.

// The layout:
//   u32 length of what follows the checksum │ u32 crc32 of it
//   u32 version (1) │ u32 record bytes │ u32 request bytes │ u32 response bytes │ f64 started at ms │ f64 closed at ms
//   request body │ response body │ record as JSON
//
// All little-endian. Bodies stand beside the JSON as they are: escaping them into it would cost more than writing them.

const VERSION = 1;
const CHECKED_FROM = 8;
export const FRAME_HEAD_BYTES = 40;

export interface Frame {
  startedAtMs: number;
  closedAtMs: number;
  /** The record as JSON text. Like the bodies, a view into the buffer that was read. */
  json: Uint8Array;
  request: Uint8Array;
  response: Uint8Array;
  /** The whole frame, head included. */
  bytes: Uint8Array;
}

export interface FrameParts {
  jsonBytes: number;
  requestBytes: number;
  responseBytes: number;
  startedAtMs: number;
  closedAtMs: number;
}

/** Writes the head of a frame whose parts already stand at FRAME_HEAD_BYTES. Returns the length of the whole frame. */
export function sealFrame(buffer: Buffer, parts: FrameParts): number {
  const end = FRAME_HEAD_BYTES + parts.requestBytes + parts.responseBytes + parts.jsonBytes;
  buffer.writeUInt32LE(end - CHECKED_FROM, 0);
  buffer.writeUInt32LE(VERSION, 8);
  buffer.writeUInt32LE(parts.jsonBytes, 12);
  buffer.writeUInt32LE(parts.requestBytes, 16);
  buffer.writeUInt32LE(parts.responseBytes, 20);
  buffer.writeDoubleLE(parts.startedAtMs, 24);
  buffer.writeDoubleLE(parts.closedAtMs, 32);
  buffer.writeUInt32LE(Bun.hash.crc32(buffer.subarray(CHECKED_FROM, end)), 4);
  return end;
}

/** Length of the frame whose head stands at `at`, or 0 where no head stands. Says nothing about the checksum. */
export function frameLengthAt(buffer: Buffer, at: number): number {
  if (buffer.length - at < FRAME_HEAD_BYTES || buffer.readUInt32LE(at + 8) !== VERSION) return 0;
  const length = buffer.readUInt32LE(at) + CHECKED_FROM;
  const parts = buffer.readUInt32LE(at + 12) + buffer.readUInt32LE(at + 16) + buffer.readUInt32LE(at + 20);
  return length === FRAME_HEAD_BYTES + parts ? length : 0;
}

/** The frame at `at`, or undefined when it is not there whole and intact. */
export function readFrame(buffer: Buffer, at: number): Frame | undefined {
  const length = frameLengthAt(buffer, at);
  if (length === 0 || at + length > buffer.length) return undefined;
  const bytes = buffer.subarray(at, at + length);
  if (Bun.hash.crc32(bytes.subarray(CHECKED_FROM)) !== bytes.readUInt32LE(4)) return undefined;
  const responseAt = FRAME_HEAD_BYTES + bytes.readUInt32LE(16);
  const jsonAt = responseAt + bytes.readUInt32LE(20);
  return {
    startedAtMs: bytes.readDoubleLE(24),
    closedAtMs: bytes.readDoubleLE(32),
    request: bytes.subarray(FRAME_HEAD_BYTES, responseAt),
    response: bytes.subarray(responseAt, jsonAt),
    json: bytes.subarray(jsonAt),
    bytes,
  };
}

/** Where the next intact frame begins, at or after `from`; -1 when there is none. Slow: for damaged files only. */
export function findFrame(buffer: Buffer, from: number): number {
  // The version stands in every head: a search for its bytes is fast, and few places pass the checks that follow.
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(VERSION);
  for (let at = from; ; at += 1) {
    const found = buffer.indexOf(mark, at + 8);
    if (found < 0) return -1;
    at = found - 8;
    if (readFrame(buffer, at)) return at;
  }
}
