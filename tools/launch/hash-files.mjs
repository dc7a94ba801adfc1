// A name for what a build reads: equal sources, equal name. A start has no time to read a thousand files: where none of them has
// been touched since, the name that they had is taken from a note.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What was touched a moment ago may be touched again without its time telling: some file systems count in seconds. */
const SETTLED_MS = 2000;

/**
 * SHA-256 over paths and contents of files and of all in folders, but for tests and what `isRead` says no to. Hex. `note` is the
 * path of the note, of this hash alone.
 */
export function hashFiles(root, { places, isRead = () => true, note }) {
  const startedMs = Date.now();
  const paths = places
    .flatMap((place) => listFiles(root, place))
    .filter((path) => !path.includes(".test.") && isRead(path));
  const looks = createHash("sha256");
  let touchedMs = 0;
  for (const path of paths) {
    // Nobody can set the time of a change, as archives set the other.
    const { size, ctimeMs } = statSync(join(root, path));
    looks.update(`${path}\0${size}\0${ctimeMs}\n`);
    touchedMs = Math.max(touchedMs, ctimeMs);
  }
  const seen = looks.digest("hex");
  const [noted, known] = readNote(join(root, note));
  if (noted === seen && known) return known;
  const hash = hashContents(root, paths);
  if (touchedMs < startedMs - SETTLED_MS) writeNote(join(root, note), `${seen} ${hash}`);
  return hash;
}

function hashContents(root, paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function listFiles(root, place) {
  const found = statSync(join(root, place), { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found ? [place] : [];
  return listFolder(root, place);
}

function listFolder(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith(".") && name !== "dist" && name !== "node_modules")
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? listFolder(root, path) : [path];
    });
}

function readNote(path) {
  try {
    return readFileSync(path, "utf8").split(" ");
  } catch {
    return [];
  }
}

function writeNote(path, text) {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch {
    // Read-only trees are fine: their files are read each time instead.
  }
}
