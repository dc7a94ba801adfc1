// Roots and proofs of RFC 6962, read from tiles: a handful of tiles for each, however great the tree.
import { EMPTY_ROOT, hashNode, rootOf, splitOf } from "./hashes.ts";
import { hashesOf, type ReadTile, TILE_HEIGHT, TILE_WIDTH } from "./tiles.ts";

export interface TreeReader {
  root(size: number): Promise<Uint8Array>;
  /** The leaf at `index` is in the tree of the first `size`. */
  inclusion(index: number, size: number): Promise<Uint8Array[]>;
  /** The tree of the first `older` is the beginning of that of the first `size`; both from 1 on. */
  consistency(older: number, size: number): Promise<Uint8Array[]>;
}

/** Reads each tile once: for one question, or a few. */
export function createTreeReader(readTile: ReadTile): TreeReader {
  const tiles = new Map<string, Promise<Uint8Array>>();

  function tile(level: number, number: number): Promise<Uint8Array> {
    const name = `${level}/${number}`;
    const found = tiles.get(name) ?? readTile({ level, number });
    tiles.set(name, found);
    return found;
  }

  /** Of a complete part: 2^level leaves, the `number`th of its kind. */
  async function complete(level: number, number: number): Promise<Uint8Array> {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const width = 2 ** (level % TILE_HEIGHT);
    const first = number * width;
    const from = first % TILE_WIDTH;
    return rootOf(hashesOf(await tile(tileLevel, Math.floor(first / TILE_WIDTH)), from, from + width));
  }

  /** Of leaves `from` to `to`; `from` is a multiple of a power of two that is no less than how many there are. */
  async function range(from: number, to: number): Promise<Uint8Array> {
    const size = to - from;
    if (size === 0) return EMPTY_ROOT;
    const level = Math.log2(size);
    if (Number.isInteger(level)) return complete(level, from / size);
    const split = splitOf(size);
    return hashNode(await range(from, from + split), await range(from + split, to));
  }

  async function path(index: number, from: number, to: number): Promise<Uint8Array[]> {
    if (to - from === 1) return [];
    const middle = from + splitOf(to - from);
    if (index < middle) return [...(await path(index, from, middle)), await range(middle, to)];
    return [...(await path(index, middle, to)), await range(from, middle)];
  }

  async function between(
    older: number,
    { from, to, isKnown }: { from: number; to: number; isKnown: boolean },
  ): Promise<Uint8Array[]> {
    if (older === to) return isKnown ? [] : [await range(from, to)];
    const middle = from + splitOf(to - from);
    if (older <= middle) return [...(await between(older, { from, to: middle, isKnown })), await range(middle, to)];
    return [...(await between(older, { from: middle, to, isKnown: false })), await range(from, middle)];
  }

  return {
    root: (size) => range(0, size),
    inclusion: (index, size) => path(index, 0, size),
    consistency: (older, size) => between(older, { from: 0, to: size, isKnown: true }),
  };
}
