// Tiles of C2SP tlog-tiles: 256 hashes of one level side by side, and how they are called in a path.
import { HASH_BYTES, rootOf } from "./hashes.ts";

export const TILE_WIDTH = 256;
/** Levels of a tree that one level of tiles stands for. */
export const TILE_HEIGHT = 8;
const TILE_LEVEL_MAX = 5;

export interface TilePlace {
  /** Of tiles: 0 has hashes of leaves. */
  level: number;
  number: number;
}

/** A tile's hashes, one after the other; as many as there are. */
export type ReadTile = (place: TilePlace) => Promise<Uint8Array>;

/** Hashes that level has in a tree of this size. */
export const hashesAt = (level: number, size: number): number => Math.floor(size / TILE_WIDTH ** level);

export function hashIn(tile: Uint8Array, index: number): Uint8Array {
  const hash = tile.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES);
  if (hash.length !== HASH_BYTES)
    throw new Error("a tile of the audit tree has fewer hashes than the tree's size says");
  return hash;
}

export function hashesOf(tile: Uint8Array, from = 0, to: number = Math.floor(tile.length / HASH_BYTES)): Uint8Array[] {
  return Array.from({ length: to - from }, (_, index) => hashIn(tile, from + index));
}

export interface ChangedTile extends TilePlace {
  hashes: Uint8Array;
}

/** The tiles that are new or longer when these leaves' hashes follow the first `size`. */
export async function addToTiles(
  size: number,
  leaves: readonly Uint8Array[],
  readTile: ReadTile,
): Promise<ChangedTile[]> {
  const changed: ChangedTile[] = [];
  let added = leaves;
  for (let level = 0; added.length > 0 && level <= TILE_LEVEL_MAX; level += 1) {
    const above: Uint8Array[] = [];
    let count = hashesAt(level, size);
    for (let from = 0; from < added.length;) {
      const [number, width] = [Math.floor(count / TILE_WIDTH), count % TILE_WIDTH];
      const before =
        width === 0 ? new Uint8Array() : (await readTile({ level, number })).subarray(0, width * HASH_BYTES);
      const some = added.slice(from, from + TILE_WIDTH - width);
      const hashes = Buffer.concat([before, ...some]);
      changed.push({ level, number, hashes });
      if (width + some.length === TILE_WIDTH) above.push(rootOf(hashesOf(hashes)));
      from += some.length;
      count += some.length;
    }
    added = above;
  }
  return changed;
}

export interface TileName extends TilePlace {
  /** 256 for a full one. */
  width: number;
}

/** `x001/x234/067` and, for a part of one, `.p/8`. */
export function readTileName(level: string, rest: string): TileName | undefined {
  const found = /^((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(rest);
  if (!found || !/^\d$/.test(level)) return undefined;
  const [, digits = "", part] = found;
  const number = Number(digits.replace(/[x/]/g, ""));
  const width = part === undefined ? TILE_WIDTH : Number(part);
  const isNamedSo = tileNumberPath(number) === digits && (part === undefined || width < TILE_WIDTH);
  return isNamedSo && Number(level) <= TILE_LEVEL_MAX && Number.isSafeInteger(number)
    ? { level: Number(level), number, width }
    : undefined;
}

export function tileNumberPath(number: number): string {
  const text = String(number);
  const padded = text.padStart(Math.ceil(text.length / 3) * 3, "0");
  const groups = padded.match(/\d{3}/g) ?? [];
  return groups.map((group, index) => (index === groups.length - 1 ? group : `x${group}`)).join("/");
}
