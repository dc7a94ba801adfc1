// The large parameters of a statement in PostgreSQL's binary form, put together in one buffer that is used again for the
// next. As text, every byte would be escaped and read back again; in buffers of their own, they would be megabytes of
// garbage a second.
// Formats: https://www.postgresql.org/docs/18/protocol-message-formats.html (Bind), and for arrays array_recv in
// https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/arrayfuncs.c

export interface Parameters {
  /** Begins anew: what was put together before is written over. */
  clear(): void;
  /** A parameter of type `json[]`, `text[]` or `bytea[]`; null becomes SQL's null. */
  putArray(type: keyof typeof OIDS, items: readonly (Uint8Array | null)[]): void;
  count(): number;
  /** All of them, each after its length. A view, good until `clear`. */
  bytes(): Buffer;
}

const OIDS = { bytea: 17, text: 25, json: 114 };
const NULL_LENGTH = -1;
const INT_BYTES = 4;
const ARRAY_HEAD_BYTES = 5 * INT_BYTES;
const BUFFER_BYTES_MIN = 64 * 1024;

export function createParameters(): Parameters {
  let buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES_MIN);
  let end = 0;
  let count = 0;

  /** Makes room for a parameter, and says how long it is. */
  function begin(length: number): void {
    const needed = end + INT_BYTES + length;
    if (needed > buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * buffer.length));
      larger.set(buffer.subarray(0, end));
      buffer = larger;
    }
    putInt(length);
    count += 1;
  }

  function putInt(value: number): void {
    end = buffer.writeInt32BE(value, end);
  }

  function putBytes(bytes: Uint8Array): void {
    buffer.set(bytes, end);
    end += bytes.length;
  }

  return {
    clear() {
      end = 0;
      count = 0;
    },
    putArray(type, items) {
      begin(items.reduce((sum, item) => sum + INT_BYTES + (item?.length ?? 0), ARRAY_HEAD_BYTES));
      putInt(1); // dimensions
      putInt(1); // may hold nulls
      putInt(OIDS[type]);
      putInt(items.length);
      putInt(1); // the first index
      for (const item of items) {
        putInt(item?.length ?? NULL_LENGTH);
        if (item) putBytes(item);
      }
    },
    count: () => count,
    bytes: () => buffer.subarray(0, end),
  };
}
