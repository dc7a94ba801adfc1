// Memory that is filled from its beginning again and again, and grows with what it is given: nothing is allocated for a call.

/** A body as the caller has it: text, bytes, or bytes in pieces. */
export type BodyContent = string | Uint8Array | readonly Uint8Array[];

export interface PutBytes {
  /** Length of the content in bytes. */
  size: number;
  /** How much of it was put into the frame. */
  stored: number;
}

export interface ByteBuffer {
  /** Where the next bytes will stand. */
  end(): number;
  /** Goes on from there: what stood behind is written over. */
  moveTo(place: number): void;
  /** Adds a body, up to `maxBytes` of it. */
  put(content: BodyContent, maxBytes: number): PutBytes;
  /** A view, good until more is put. */
  view(from: number, to: number): Buffer;
}

const FIRST_CAPACITY = 64 * 1024;
/** UTF-8 needs at most this for one UTF-16 unit. */
const BYTES_PER_UNIT_MAX = 3;

export function createByteBuffer(): ByteBuffer {
  let buffer: Buffer = Buffer.allocUnsafeSlow(FIRST_CAPACITY);
  let end = 0;

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

  return {
    end: () => end,
    moveTo(place) {
      makeRoom(place - end);
      end = place;
    },
    put,
    view: (from, to) => buffer.subarray(from, to),
  };
}

function enlarge(buffer: Buffer, bytes: number): Buffer {
  const larger = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(bytes)));
  larger.set(buffer);
  return larger;
}
