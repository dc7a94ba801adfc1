// Puts one frame after another together in a buffer that is used again and again, so that a call allocates nothing here.
// There is one writer a ledger: a frame is begun, filled and sealed without a pause, so calls never meet in it.
import { FRAME_HEAD_BYTES, sealFrame } from "./frame.ts";

/** A body as the caller has it: text, bytes, or bytes in pieces. */
export type BodyContent = string | Uint8Array | readonly Uint8Array[];

export interface PutBytes {
  /** Length of the content in bytes. */
  size: number;
  /** How much of it was put into the frame. */
  stored: number;
}

export interface FrameWriter {
  begin(): void;
  /** For frames in a row: `clear`, then `beginNext` for each, behind those that are sealed. */
  clear(): void;
  beginNext(): void;
  /** All that were sealed since `clear`. A view, good until the next frame is begun. */
  sealed(): Buffer;
  /** Adds a body, up to `maxBytes` of it. The request comes before the response. */
  putRequest(content: BodyContent, maxBytes: number): PutBytes;
  putResponse(content: BodyContent, maxBytes: number): PutBytes;
  /** Bytes so far, of all frames since `begin` or `clear`. */
  length(): number;
  /** Adds the record and the head. The frame is a view, good until the next `begin`. */
  seal(json: string, times: { startedAtMs: number; closedAtMs: number }): Buffer;
}

const FIRST_CAPACITY = 64 * 1024;
/** UTF-8 needs at most this for one UTF-16 unit. */
const BYTES_PER_UNIT_MAX = 3;

export function createFrameWriter(): FrameWriter {
  let buffer: Buffer = Buffer.allocUnsafeSlow(FIRST_CAPACITY);
  /** Where the frame begins that is being filled. */
  let start = 0;
  let end = FRAME_HEAD_BYTES;
  let requestBytes = 0;
  let responseBytes = 0;

  function makeRoom(bytes: number): void {
    if (end + bytes > buffer.length) buffer = enlarge(buffer, end + bytes);
  }

  function putText(text: string, maxBytes: number): PutBytes {
    const bound = text.length * BYTES_PER_UNIT_MAX;
    if (bound <= maxBytes) {
      makeRoom(bound);
      const stored = buffer.write(text, end);
      end += stored;
      return { size: stored, stored };
    }
    const size = Buffer.byteLength(text);
    const room = Math.min(size, maxBytes);
    makeRoom(room);
    const stored = room === 0 ? 0 : buffer.write(text, end, room);
    end += stored;
    return { size, stored };
  }

  function putPiece(bytes: Uint8Array, maxBytes: number): number {
    const stored = Math.min(bytes.length, maxBytes);
    if (stored === 0) return 0;
    makeRoom(stored);
    buffer.set(stored === bytes.length ? bytes : bytes.subarray(0, stored), end);
    end += stored;
    return stored;
  }

  function put(content: BodyContent, maxBytes: number): PutBytes {
    if (typeof content === "string") return putText(content, maxBytes);
    if (content instanceof Uint8Array) return { size: content.length, stored: putPiece(content, maxBytes) };
    const put: PutBytes = { size: 0, stored: 0 };
    for (const piece of content) {
      put.size += piece.length;
      put.stored += putPiece(piece, maxBytes - put.stored);
    }
    return put;
  }

  function beginAt(place: number): void {
    start = place;
    end = place + FRAME_HEAD_BYTES;
    requestBytes = 0;
    responseBytes = 0;
  }

  return {
    begin: () => beginAt(0),
    clear() {
      end = 0;
    },
    beginNext: () => beginAt(end),
    sealed: () => buffer.subarray(0, end),
    putRequest(content, maxBytes) {
      const bytes = put(content, maxBytes);
      requestBytes = bytes.stored;
      return bytes;
    },
    putResponse(content, maxBytes) {
      const bytes = put(content, maxBytes);
      responseBytes = bytes.stored;
      return bytes;
    },
    length: () => end,
    seal(json, { startedAtMs, closedAtMs }) {
      makeRoom(json.length * BYTES_PER_UNIT_MAX);
      const jsonBytes = buffer.write(json, end);
      end += jsonBytes;
      const frame = buffer.subarray(start, end);
      sealFrame(frame, { jsonBytes, requestBytes, responseBytes, startedAtMs, closedAtMs });
      return frame;
    },
  };
}

function enlarge(buffer: Buffer, bytes: number): Buffer {
  const larger = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(bytes)));
  larger.set(buffer);
  return larger;
}
