// Whether a proof holds, by RFC 9162's algorithms: without a tree, a database, or anything else that could be wrong.
import { hashNode, isSameHash } from "./hashes.ts";

interface Inclusion {
  index: number;
  size: number;
  leafHash: Uint8Array;
  proof: readonly Uint8Array[];
}

/** The root that this proof leads to; undefined where it leads to none. RFC 9162, 2.1.3.2. */
export function rootByInclusion({ index, size, leafHash, proof }: Inclusion): Uint8Array | undefined {
  if (!(index >= 0 && index < size)) return undefined;
  let [node, last, hash] = [index, size - 1, leafHash];
  for (const beside of proof) {
    if (last === 0) return undefined;
    if (node % 2 === 1 || node === last) {
      hash = hashNode(beside, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else hash = hashNode(hash, beside);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 ? hash : undefined;
}

interface Consistency {
  older: { size: number; root: Uint8Array };
  newer: { size: number; root: Uint8Array };
  proof: readonly Uint8Array[];
}

/** RFC 9162, 2.1.4.2. */
export function isConsistent({ older, newer, proof }: Consistency): boolean {
  if (older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && isSameHash(older.root, newer.root);
  if (older.size === 0) return proof.length === 0;
  const path = Number.isInteger(Math.log2(older.size)) ? [older.root, ...proof] : [...proof];
  const [seed, ...rest] = path;
  if (seed === undefined) return false;
  let [node, last] = [older.size - 1, newer.size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [first, second] = [seed, seed];
  for (const beside of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      [first, second] = [hashNode(beside, first), hashNode(beside, second)];
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else second = hashNode(second, beside);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && isSameHash(first, older.root) && isSameHash(second, newer.root);
}

const half = (value: number): number => Math.floor(value / 2);
