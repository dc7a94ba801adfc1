// The tree as C2SP tlog-tiles serves it: the checkpoint, tiles of hashes, bundles of entries; nothing beyond what is signed.
import { auditErrors } from "../errors.ts";
import type { EntryStore } from "../store/entry-store.ts";
import type { SignedCheckpoint, TreeStore } from "../store/tree-store.ts";
import { HASH_BYTES } from "../tree/hashes.ts";
import { hashesAt, readTileName, TILE_WIDTH, type TileName } from "../tree/tiles.ts";

export interface Tiles {
  /** The signed note. Throws `audit.nothing_signed`. */
  checkpoint(): Promise<string>;
  /** `0/x001/x234/067`, `entries/000.p/8`. Throws `audit.no_such_tile`. */
  tile(path: string): Promise<Uint8Array>;
}

interface TilesDeps {
  entries: EntryStore;
  trees: TreeStore;
  latest(): Promise<SignedCheckpoint>;
}

export function createTiles({ entries, trees, latest }: TilesDeps): Tiles {
  async function bundle({ number, width }: TileName, origin: number): Promise<Uint8Array> {
    const found = await entries.inOrder(origin, { from: number * TILE_WIDTH, limit: width });
    return Buffer.concat(
      found.flatMap(({ leaf }) => {
        const bytes = Buffer.from(leaf);
        const length = Buffer.alloc(2);
        length.writeUInt16BE(bytes.length);
        return [length, bytes];
      }),
    );
  }

  return {
    checkpoint: async () => (await latest()).note,
    async tile(path) {
      const end = path.indexOf("/");
      const kind = path.slice(0, end);
      const name = readTileName(kind === "entries" ? "0" : kind, path.slice(end + 1));
      const { origin, size } = await latest();
      if (!name || !isThere(name, size)) throw auditErrors.no_such_tile({ name: path.slice(0, 100) });
      if (kind === "entries") return bundle(name, origin);
      return (await trees.readTile(origin)(name)).subarray(0, name.width * HASH_BYTES);
    },
  };
}

/** A part of a tile stays there when more has come: whoever has an older checkpoint still asks for it. */
const isThere = ({ level, number, width }: TileName, size: number): boolean =>
  number * TILE_WIDTH + width <= hashesAt(level, size);
