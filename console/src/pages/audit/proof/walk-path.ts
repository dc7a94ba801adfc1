// Ways through a tree, by RFC 9162's algorithms: from a leaf to the root, and from an older tree to a newer one. Each step is
// kept, so that a reader can follow it.
import { type Bytes, hashNode, isSame } from "./hashing.ts";

export interface PathStep {
  /** On which side the hash stands that the proof gives. */
  side: "left" | "right";
  beside: Uint8Array;
  result: Bytes;
}

export interface Walked {
  steps: PathStep[];
  /** Null where the path does not fit a tree of this size. */
  root: Uint8Array | null;
}

interface Inclusion {
  index: number;
  size: number;
  leafHash: Uint8Array;
  path: readonly Uint8Array[];
}

/** RFC 9162, 2.1.3.2. */
export async function walkToRoot({ index, size, leafHash, path }: Inclusion): Promise<Walked> {
  const steps: PathStep[] = [];
  if (!(index >= 0 && index < size)) return { steps, root: null };
  let [node, last, hash] = [index, size - 1, leafHash];
  for (const beside of path) {
    if (last === 0) return { steps, root: null };
    const isRight = node % 2 === 1 || node === last;
    const result = await (isRight ? hashNode(beside, hash) : hashNode(hash, beside));
    steps.push({ side: isRight ? "left" : "right", beside, result });
    hash = result;
    if (isRight) while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    [node, last] = [half(node), half(last)];
  }
  return { steps, root: last === 0 ? hash : null };
}

export interface TreeHead {
  size: number;
  root: Uint8Array;
}

interface Growth {
  older: TreeHead;
  newer: TreeHead;
  path: readonly Uint8Array[];
}

/** Whether the older tree is the beginning of the newer one. RFC 9162, 2.1.4.2. */
export async function hasOnlyGrown({ older, newer, path }: Growth): Promise<boolean> {
  if (older.size < 1 || older.size > newer.size) return false;
  if (older.size === newer.size) return path.length === 0 && isSame(older.root, newer.root);
  const [seed, ...rest] = Number.isInteger(Math.log2(older.size)) ? [older.root, ...path] : path;
  if (seed === undefined) return false;
  let [node, last] = [older.size - 1, newer.size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [first, second] = [seed, seed];
  for (const beside of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      [first, second] = [await hashNode(beside, first), await hashNode(beside, second)];
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else second = await hashNode(second, beside);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && isSame(first, older.root) && isSame(second, newer.root);
}

const half = (value: number): number => Math.floor(value / 2);
