// PostgreSQL's binary form of `bytea[]`. Sent as text, every byte would be written as two digits and read back again.
// Format: https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/arrayfuncs.c, array_recv.

const BYTEA_OID = 17;
const HEAD_BYTES = 20;
const NULL_LENGTH = -1;

/** For a parameter that is cast to `bytea[]`; null becomes SQL's null. */
export function encodeByteaArray(items: readonly (Uint8Array | null)[]): Buffer {
  let size = HEAD_BYTES;
  for (const item of items) size += 4 + (item?.length ?? 0);
  const array = Buffer.allocUnsafe(size);
  array.writeInt32BE(1, 0); // dimensions
  array.writeInt32BE(1, 4); // may hold nulls
  array.writeInt32BE(BYTEA_OID, 8);
  array.writeInt32BE(items.length, 12);
  array.writeInt32BE(1, 16); // the first index
  let at = HEAD_BYTES;
  for (const item of items) {
    at = array.writeInt32BE(item?.length ?? NULL_LENGTH, at);
    if (!item) continue;
    array.set(item, at);
    at += item.length;
  }
  return array;
}
