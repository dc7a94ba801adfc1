// A batch of calls: what the trail says of each, a line a call, packed; and the tree over them, RFC 6962 as the trail's own. Its
// root stands in the entry of the batch, so that a call is proven by its path in the batch and the batch's in the trail.
import { hashLeaf, rootOf, splitOf } from "../tree/hashes.ts";

/** The action of a batch's entry. */
export const CALLS_EXECUTED = "calls.executed";

export interface BatchedCall {
  /** As it is hashed, byte by byte. */
  leaf: string;
  salt: Uint8Array | null;
  sealed: Uint8Array | null;
}

const COMPRESSION = { level: 1 };
/** Neither stands in JSON as it is. */
const [BETWEEN_CALLS, BETWEEN_PARTS] = ["\n", "\t"];

export function packCalls(calls: readonly BatchedCall[]): Uint8Array {
  const lines = calls.map(({ leaf, salt, sealed }) =>
    salt && sealed ? [leaf, base64(salt), base64(sealed)].join(BETWEEN_PARTS) : leaf,
  );
  return Bun.zstdCompressSync(Buffer.from(lines.join(BETWEEN_CALLS)), COMPRESSION);
}

/** Undefined where this is not what was packed. */
export function unpackCalls(packed: Uint8Array): BatchedCall[] | undefined {
  try {
    const lines = Buffer.from(Bun.zstdDecompressSync(packed))
      .toString("utf8")
      .split(BETWEEN_CALLS ?? "");
    return lines.map((line) => {
      const [leaf = "", salt, sealed] = line.split(BETWEEN_PARTS ?? "");
      return { leaf, salt: bytesOf(salt), sealed: bytesOf(sealed) };
    });
  } catch {
    return undefined;
  }
}

export const hashesOfCalls = (calls: readonly Pick<BatchedCall, "leaf">[]): Uint8Array[] =>
  calls.map(({ leaf }) => hashLeaf(leaf));

/** Hex. */
export const rootOfCalls = (calls: readonly Pick<BatchedCall, "leaf">[]): string =>
  Buffer.from(rootOf(hashesOfCalls(calls))).toString("hex");

/** The hashes beside the way from this call to the root, RFC 9162's order. */
export function pathInBatch(hashes: readonly Uint8Array[], number: number): Uint8Array[] {
  if (hashes.length <= 1) return [];
  const split = splitOf(hashes.length);
  const [left, right] = [hashes.slice(0, split), hashes.slice(split)];
  return number < split
    ? [...pathInBatch(left, number), rootOf(right)]
    : [...pathInBatch(right, number - split), rootOf(left)];
}

/** A call's id begins with its start: UUIDv7. */
export const startOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) || 0;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const bytesOf = (text: string | undefined): Uint8Array | null =>
  text === undefined ? null : Buffer.from(text, "base64");
