// Decides as whom the server runs and where its files lie. PostgreSQL refuses to be root, so under root it runs as
// `nobody`, and everything it touches has to be within that user's reach.
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Log } from "../../kernel/index.ts";
import { storageErrors } from "../errors.ts";
import { binariesIn, type Binaries } from "./binaries.ts";

/** With a Unix socket the number only names the file. */
export const SOCKET_PORT = 5432;
/** In the folder for it, once the server listens. */
export const SOCKET_FILE = `.s.PGSQL.${SOCKET_PORT}`;

/** A user to run as. */
export interface Owner {
  uid: number;
  gid: number;
}

export interface Place {
  binaries: Binaries;
  dataDir: string;
  /** Null where there are no Unix sockets: then it listens on 127.0.0.1. */
  socketDir: string | null;
  passwordFile: string;
  logFile: string;
  /** Whom to run as; null to run as ourselves. */
  owner: Owner | null;
}

interface PlaceOptions {
  home: string;
  binaries: Binaries;
  owner: Owner | null;
  /** Where files go that the owner could not reach in their usual place. */
  fallback: string;
  log: Log;
}

/** Linux allows 107 bytes for a socket's path and macOS 103. */
const SOCKET_PATH_MAX = 100;

/** Makes the folders that the server needs and hands them to its user. */
export function preparePlace({ home, binaries, owner, fallback, log }: PlaceOptions): Place {
  const hash = createHash("sha256").update(home).digest("hex").slice(0, 12);
  const elsewhere = join(fallback, hash);
  // Data that lie there already stay there, even if the home folder has come within reach since.
  const isBeyond = owner !== null && (existsSync(join(elsewhere, "postgres")) || !letPass(home, owner));
  const base = isBeyond ? makePassable(elsewhere, owner) : home;
  if (base !== home)
    log.warn({ folder: base }, "the home folder is beyond the reach of `nobody`; the database is kept elsewhere");
  const place = {
    binaries: owner ? reachableBinaries(binaries, owner, { fallback, log }) : binaries,
    dataDir: join(base, "postgres"),
    socketDir: process.platform === "win32" ? null : socketFolder(base, hash),
    passwordFile: join(home, "postgres.password"),
    logFile: join(home, "postgres.log"),
    owner,
  };
  if (place.socketDir) makePrivate(place.socketDir, owner);
  return place;
}

/** `nobody`, when we are root; null otherwise. Throws `storage.no_unprivileged_user`. */
export function serverOwner(): Owner | null {
  if (process.getuid?.() !== 0) return null;
  const users = existsSync("/etc/passwd") ? readFileSync("/etc/passwd", "utf8") : "";
  const [uid, gid] = (/^nobody:[^:]*:(\d+):(\d+):/m.exec(users) ?? []).slice(1).map(Number);
  if (!uid || !gid) throw storageErrors.no_unprivileged_user({});
  return { uid, gid };
}

/** Whether the owner may pass through this folder and all above it. */
export function canPass(folder: string, owner: Owner): boolean {
  const stat = statSync(folder);
  const shift = stat.uid === owner.uid ? 6 : stat.gid === owner.gid ? 3 : 0;
  const passable = ((stat.mode >> shift) & 1) === 1;
  return passable && (dirname(folder) === folder || canPass(dirname(folder), owner));
}

// A private home (0700) opens to the owner's group for passing through only: nothing in it can be listed or read by that.
function letPass(home: string, owner: Owner): boolean {
  if (!canPass(dirname(home), owner)) return false;
  if ((statSync(home).mode & 0o077) === 0) {
    chownSync(home, -1, owner.gid);
    chmodSync(home, 0o710);
  }
  return canPass(home, owner);
}

function makePassable(folder: string, owner: Owner): string {
  mkdirSync(folder, { recursive: true });
  chmodSync(dirname(folder), 0o755);
  chownSync(folder, -1, owner.gid);
  chmodSync(folder, 0o710);
  return folder;
}

function reachableBinaries(
  binaries: Binaries,
  owner: Owner,
  { fallback, log }: Pick<PlaceOptions, "fallback" | "log">,
): Binaries {
  if (canPass(dirname(binaries.postgres), owner)) return binaries;
  const stamp = createHash("sha256")
    .update(`${binaries.folder}:${statSync(binaries.postgres).mtimeMs}`)
    .digest("hex");
  const copy = join(fallback, `programs-${stamp.slice(0, 12)}`);
  if (!existsSync(copy)) {
    log.warn({ folder: copy }, "PostgreSQL's programs are beyond the reach of `nobody`; a copy is made");
    copyFolder(binaries.folder, copy);
  }
  return binariesIn(copy, binaries);
}

// Copied aside and renamed, so that a copy is whole or not there. Whoever comes second finds the first one's.
function copyFolder(from: string, to: string): void {
  const aside = `${to}.${process.pid}`;
  mkdirSync(dirname(to), { recursive: true });
  chmodSync(dirname(to), 0o755);
  cpSync(from, aside, { recursive: true, verbatimSymlinks: true });
  chmodSync(aside, 0o755);
  try {
    renameSync(aside, to);
  } catch (cause) {
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(to)) throw cause;
  }
}

function socketFolder(base: string, hash: string): string {
  const near = join(base, "postgres.socket");
  const longest = Buffer.byteLength(join(near, `${SOCKET_FILE}.lock`));
  return longest <= SOCKET_PATH_MAX ? near : join(tmpdir(), `binnacle-${hash}`);
}

function makePrivate(folder: string, owner: Owner | null): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (owner && lstatSync(folder).uid === 0) chownSync(folder, owner.uid, owner.gid);
  const stat = lstatSync(folder);
  // In the system's folder for temporary files, somebody else may have been first.
  const ours = stat.uid === (owner?.uid ?? process.getuid?.());
  if (!stat.isDirectory() || !ours || (stat.mode & 0o077) !== 0)
    throw storageErrors.home_not_writable({
      home: dirname(folder),
      why: `${basename(folder)} belongs to somebody else`,
    });
}
