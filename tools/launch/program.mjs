// The program in few files, under dist/<hash of its sources>/: reading a thousand modules one by one was half of a start. The build
// takes a few seconds; it is build-program.ts.
import { accessSync, constants, existsSync } from "node:fs";
import { join } from "node:path";
import { explain, interrupted } from "./explain.mjs";
import { hashFiles } from "./hash-files.mjs";
import { runChild } from "./run-child.mjs";

const SCRIPT = "tools/build-program.ts";
const SOURCES = "src/main.ts";

/** What to run, relative to `root`: the program as built from these sources, or the sources where it is not. */
export function programOf(root) {
  const built = join(folderOf(root), "main.js");
  return existsSync(join(root, built)) ? built : SOURCES;
}

/** Resolves with what to run, built if it was not. A tree that may not be written in is run as it stands. */
export async function ensureProgram(root, bun) {
  const found = programOf(root);
  if (found !== SOURCES || !existsSync(join(root, SCRIPT)) || !isWritable(root)) return found;
  process.stderr.write("binnacle: building the program …\n");
  const result = await runChild(bun, [join(root, SCRIPT), folderOf(root)], { cwd: root, stdio: ["ignore", 2, "pipe"] });
  if (result.interrupted) throw interrupted(result.code);
  if (result.code !== 0) throw explain("The program could not be built.", "The build's own words stand above.");
  return programOf(root);
}

function folderOf(root) {
  const places = ["src", "client", "package.json", "package-lock.json", SCRIPT];
  return join("dist", hashFiles(root, { places, note: "dist/.program-sources" }).slice(0, 16));
}

function isWritable(root) {
  try {
    accessSync(root, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
