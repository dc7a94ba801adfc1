// Files go in and come out in pieces, so that none is held whole.
import type { FileStore, NewFile } from "./store/file-store.ts";

const PIECE_BYTES_MAX = 1024 * 1024;

/** A file's bytes, in order. */
export async function* readPieces(files: Pick<FileStore, "readPiece">, id: string): AsyncGenerator<Uint8Array> {
  for (let place = 0; ; place += 1) {
    const piece = await files.readPiece(id, place);
    if (!piece) return;
    yield piece;
  }
}

/** The same, with the first of them read: what is wrong with them is known before anything is answered. */
export async function openPieces(files: Pick<FileStore, "readPiece">, id: string): Promise<AsyncGenerator<Uint8Array>> {
  const pieces = readPieces(files, id);
  const first = await pieces.next();
  return (async function* () {
    if (first.done) return;
    yield first.value;
    yield* pieces;
  })();
}

export interface PieceWriter {
  write(bytes: Uint8Array): Promise<void>;
  /** Writes what is still held. Gives the file's id, or null when nothing was written and so no file was made. */
  end(): Promise<string | null>;
}

/** The file comes to be with its first byte. */
export function createPieceWriter(files: Pick<FileStore, "insert" | "append">, file: NewFile): PieceWriter {
  let held: Uint8Array[] = [];
  let size = 0;
  let place = 0;

  async function flush(): Promise<void> {
    if (place === 0) await files.insert(file);
    const bytes = Buffer.concat(held);
    for (let from = 0; from < bytes.length; from += PIECE_BYTES_MAX, place += 1)
      await files.append(file, place, bytes.subarray(from, from + PIECE_BYTES_MAX));
    held = [];
    size = 0;
  }

  return {
    async write(bytes) {
      held.push(bytes);
      size += bytes.length;
      if (size >= PIECE_BYTES_MAX) await flush();
    },
    async end() {
      if (size > 0) await flush();
      return place === 0 ? null : file.id;
    },
  };
}
