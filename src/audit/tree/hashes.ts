// The hashes of RFC 6962: of leaves, of nodes, and of nothing.
import { createHash } from "node:crypto";

export const HASH_BYTES = 32;

const LEAF_PREFIX = Uint8Array.of(0);
const NODE_PREFIX = Uint8Array.of(1);

export const hashLeaf = (leaf: Uint8Array | string): Uint8Array =>
  createHash("sha256").update(LEAF_PREFIX).update(leaf).digest();

export const hashNode = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  createHash("sha256").update(NODE_PREFIX).update(left).update(right).digest();

export const EMPTY_ROOT: Uint8Array = createHash("sha256").digest();

/** The greatest power of two below `size`, which is 2 at least: where RFC 6962 splits a tree. */
export function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** Of a list of nodes of one level, the last of which may stand for less than the others. */
export function rootOf(hashes: readonly Uint8Array[]): Uint8Array {
  const [first, ...others] = hashes;
  if (first === undefined) return EMPTY_ROOT;
  if (others.length === 0) return first;
  const split = splitOf(hashes.length);
  return hashNode(rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)));
}

export const isSameHash = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;
