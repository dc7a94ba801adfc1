// A secret that lies in the data folder, for its owner's eyes alone: made where there is none.
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { newId } from "../kernel/index.ts";

/** What is in the file; what `make` gives where there is none. Of several processes that make it at once all get the first one's. */
export function readOrMakeSecretFile(path: string, make: () => string): string {
  if (!existsSync(path)) makeSecretFile(path, make());
  return readFileSync(path, "utf8");
}

/** Whole or not at all, as a process may die in the middle and another read meanwhile. One that is there stays. */
export function makeSecretFile(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${newId()}`;
  writeFileSync(unfinished, content, { mode: 0o600, flag: "wx" });
  try {
    linkSync(unfinished, path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(unfinished);
  }
}
