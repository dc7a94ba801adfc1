// The last checkpoint that this data folder has seen signed, outside the database: a database that was put back to an older
// state, or whose tree was made anew, does not fit it any more.
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { newId } from "../../kernel/index.ts";
import { type Checkpoint, readCheckpoint, readNote } from "./note.ts";

export interface Remembered {
  /** Counts the origins of this installation. */
  origin: number;
  checkpoint: Checkpoint;
  note: string;
}

export interface Memory {
  /** Undefined where nothing was signed yet. Throws where the file is not what it was. */
  read(): Remembered | undefined;
  keep(origin: number, note: string): void;
}

export function createMemory(folder: string): Memory {
  const path = join(folder, "audit-checkpoint");
  return {
    read() {
      let content: string;
      try {
        content = readFileSync(path, "utf8");
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
        throw error;
      }
      const end = content.indexOf("\n");
      const origin = Number(content.slice(0, end));
      const note = content.slice(end + 1);
      const checkpoint = readCheckpoint(readNote(note)?.text ?? "");
      if (!checkpoint || !Number.isSafeInteger(origin)) throw new Error(`${path} does not hold a checkpoint`);
      return { origin, checkpoint, note };
    },
    keep(origin, note) {
      const unfinished = `${path}.${newId()}`;
      const file = openSync(unfinished, "w", 0o600);
      try {
        writeSync(file, `${origin}\n${note}`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(unfinished, path);
    },
  };
}
