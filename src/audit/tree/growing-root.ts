// The root of a tree that is only added to, without the tree: a hash for each of its complete parts, 64 of them at most.
import { EMPTY_ROOT, hashNode } from "./hashes.ts";

export interface GrowingRoot {
  add(leafHash: Uint8Array): void;
  size(): number;
  root(): Uint8Array;
}

export function createGrowingRoot(): GrowingRoot {
  // From the greatest part to the smallest; each of 2 to the power of its level.
  const parts: { level: number; hash: Uint8Array }[] = [];
  let size = 0;
  return {
    add(leafHash) {
      size += 1;
      let part = { level: 0, hash: leafHash };
      for (let last = parts.at(-1); last?.level === part.level; last = parts.at(-1)) {
        parts.pop();
        part = { level: part.level + 1, hash: hashNode(last.hash, part.hash) };
      }
      parts.push(part);
    },
    size: () => size,
    root() {
      let root: Uint8Array | undefined;
      for (const { hash } of parts.toReversed()) root = root === undefined ? hash : hashNode(hash, root);
      return root ?? EMPTY_ROOT;
    },
  };
}
