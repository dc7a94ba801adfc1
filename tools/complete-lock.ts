// Completes package-lock.json with the platform packages that npm leaves out of it. npm names in the lock only those
// optional packages that it could look up when the lock was written, and `npm ci` then refuses the lock wherever one
// is missing. Run it after each `npm install` that changes the lock; a tidy test tells when it was forgotten.
import { join } from "node:path";

interface LockEntry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  hasInstallScript?: boolean;
  optionalDependencies?: Record<string, string>;
}
export interface Lock {
  packages: Record<string, LockEntry>;
}

/** Optional packages that an entry of the lock names and the lock does not hold, with the version asked for. */
export function missingPlatforms(lock: Lock): { name: string; version: string; dev: boolean }[] {
  return Object.entries(lock.packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isLocked(lock, path, name))
      .map(([name, version]) => ({ name, version, dev: entry.dev === true })),
  );
}

/** Looks where Node would: in the package's own node_modules, then in each one above it. */
function isLocked(lock: Lock, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    if (lock.packages[`${folder === "" ? "" : `${folder}/`}node_modules/${name}`]) return true;
    if (folder === "") return false;
  }
}

/** The lock with an entry for each missing platform package, so that npm passes it over on every other platform. */
export function completeLock(lock: Lock): Lock {
  const added = missingPlatforms(lock).map(({ name, version, dev }): [string, LockEntry] => [
    `node_modules/${name}`,
    { version, ...platformOf(name), ...(dev ? { dev } : {}), optional: true },
  ]);
  const packages = Object.entries(lock.packages).concat(added);
  packages.sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...lock, packages: Object.fromEntries(packages) };
}

/** `@oxlint/binding-linux-arm64-musl` says for whom it is: `{ os: ["linux"], cpu: ["arm64"], libc: ["musl"] }`. */
export function platformOf(name: string): Pick<LockEntry, "os" | "cpu" | "libc"> {
  if (name.endsWith("-wasm32-wasi")) return { cpu: ["wasm32"] };
  const [, os, cpu, abi] =
    /-(android|darwin|freebsd|linux|openharmony|win32)-([a-z0-9]+)(?:-([a-z]+))?$/.exec(name) ?? [];
  if (os === undefined || cpu === undefined)
    throw new Error(`${name} does not say its platform: add it to package-lock.json by hand`);
  const libc = abi?.startsWith("musl") ? "musl" : "glibc";
  return { os: [os], cpu: [cpu], ...(os === "linux" && abi !== undefined ? { libc: [libc] } : {}) };
}

if (import.meta.main) {
  const path = join(import.meta.dir, "../package-lock.json");
  const lock = (await Bun.file(path).json()) as Lock;
  await Bun.write(path, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
  console.log(`${missingPlatforms(lock).length} platform packages added to package-lock.json`);
}
