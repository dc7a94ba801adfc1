import { expect, test } from "bun:test";
import rfc9162 from "@transmute/rfc9162";
import { isConsistent, rootByInclusion } from "./check-proof.ts";
import { createGrowingRoot } from "./growing-root.ts";
import { hashLeaf, isSameHash, rootOf } from "./hashes.ts";
import { createTreeReader } from "./proofs.ts";
import { addToTiles, readTileName, type ReadTile, tileNumberPath } from "./tiles.ts";

const leafOf = (index: number): Buffer => Buffer.from(`leaf ${index}`);

/** A tree of so many leaves, added in batches of this size. */
async function grow(size: number, batch: number) {
  const tiles = new Map<string, Uint8Array>();
  const readTile: ReadTile = ({ level, number }) =>
    Promise.resolve(tiles.get(`${level}/${number}`) ?? new Uint8Array());
  const growing = createGrowingRoot();
  for (let from = 0; from < size; from += batch) {
    const hashes = Array.from({ length: Math.min(batch, size - from) }, (_, index) => hashLeaf(leafOf(from + index)));
    for (const hash of hashes) growing.add(hash);
    for (const { level, number, hashes: bytes } of await addToTiles(from, hashes, readTile))
      tiles.set(`${level}/${number}`, bytes);
  }
  return { readTile, root: growing.root(), reader: () => createTreeReader(readTile) };
}

test("roots are the same by tiles, by growing, and by another's implementation of RFC 9162", async () => {
  for (const size of [1, 2, 3, 7, 255, 256, 257, 600, 1003]) {
    const { root, reader } = await grow(size, 97);
    expect(isSameHash(await reader().root(size), root)).toBe(true);
    const theirs = await rfc9162.treeHead(Array.from({ length: size }, (_, index) => new Uint8Array(leafOf(index))));
    expect(isSameHash(root, new Uint8Array(theirs))).toBe(true);
  }
});

test("a great tree has the root that all its leaves have, whatever the batches", async () => {
  const size = 66_000;
  const { root, reader } = await grow(size, 2048);
  expect(isSameHash(await reader().root(size), root)).toBe(true);
  expect(isSameHash(root, rootOf(Array.from({ length: size }, (_, index) => hashLeaf(leafOf(index)))))).toBe(true);
});

test("inclusion proofs hold for every leaf, and for no other", async () => {
  const size = 700;
  const { root, reader } = await grow(size, 700);
  const tree = reader();
  for (let index = 0; index < size; index += 1) {
    const proof = await tree.inclusion(index, size);
    const by = (leafHash: Uint8Array, at = index): Uint8Array | undefined =>
      rootByInclusion({ index: at, size, leafHash, proof });
    expect(isSameHash(by(hashLeaf(leafOf(index))) ?? root.subarray(1), root)).toBe(true);
    expect(isSameHash(by(hashLeaf("another")) ?? root.subarray(1), root)).toBe(false);
    expect(isSameHash(by(hashLeaf(leafOf(index)), (index + 1) % size) ?? root.subarray(1), root)).toBe(false);
  }
});

test("consistency proofs hold between any two sizes, and not for another root", async () => {
  const sizes = [1, 2, 3, 64, 255, 256, 257, 300, 511, 512, 513, 700];
  const { reader } = await grow(700, 700);
  const tree = reader();
  const roots = new Map<number, Uint8Array>();
  for (const size of sizes) roots.set(size, await tree.root(size));
  const head = (size: number) => ({ size, root: roots.get(size) ?? new Uint8Array() });
  for (const older of sizes)
    for (const newer of sizes.filter((size) => size >= older)) {
      const proof = await tree.consistency(older, newer);
      expect(isConsistent({ older: head(older), newer: head(newer), proof })).toBe(true);
      const wrong = { size: older, root: hashLeaf("another") };
      expect(isConsistent({ older: wrong, newer: head(newer), proof })).toBe(false);
    }
});

test("tiles are called as tlog-tiles says, and no other name is taken", () => {
  expect(tileNumberPath(1_234_067)).toBe("x001/x234/067");
  expect(tileNumberPath(0)).toBe("000");
  expect(readTileName("0", "x001/x234/067")).toEqual({ level: 0, number: 1_234_067, width: 256 });
  expect(readTileName("1", "005.p/17")).toEqual({ level: 1, number: 5, width: 17 });
  for (const wrong of ["5", "0005", "x000/005", "005.p/0", "005.p/256", "005.p/017", "../005", "005/", "x005"])
    expect(readTileName("0", wrong)).toBeUndefined();
});
