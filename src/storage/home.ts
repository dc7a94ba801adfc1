// BINNACLE_HOME: makes the folder, proves that it can be written to, and lets one Binnacle at a time have it.
// What lies in it is the rooms' business.
import { Database } from "bun:sqlite";
import { chmodSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { storageErrors } from "./errors.ts";

/**
 * A home folder that this process holds, until it is closed or the process ends, however it ends. Keep it: what nobody
 * refers to is collected, and the folder let go with it.
 */
export interface Home {
  /** Absolute, symbolic links resolved. */
  readonly path: string;
  close(): void;
}

/** Takes the home folder. Throws `storage.home_not_writable` or `storage.home_in_use`. */
export function openHome(path: string): Home {
  const home = makeFolder(resolve(path));
  const lock = takeLock(home);
  const pidFile = join(home, "pid");
  try {
    writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
  } catch (cause) {
    lock.close();
    throw notWritable(home, cause);
  }
  let open = true;
  return {
    path: home,
    close() {
      if (!open) return;
      open = false;
      rmSync(pidFile, { force: true });
      lock.close();
    },
  };
}

function makeFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return realpathSync(path);
  } catch (cause) {
    throw notWritable(path, cause);
  }
}

// The lock is an open exclusive transaction on an SQLite file that stays empty: SQLite locks by the system's own means
// on each platform, and the kernel lets go of it when the process ends, even by `kill -9`. Nobody else in this process
// may open that file: by POSIX rules, closing any handle on it would drop the lock. Hence the pid in a file of its own.
function takeLock(home: string): Database {
  let lock: Database | undefined;
  try {
    lock = new Database(join(home, "lock"), { create: true });
    lock.run("PRAGMA busy_timeout = 0");
    lock.run("PRAGMA journal_mode = OFF");
    lock.run("BEGIN EXCLUSIVE");
    chmodSync(join(home, "lock"), 0o600);
    return lock;
  } catch (cause) {
    lock?.close();
    const busy = cause instanceof Error && "code" in cause && cause.code === "SQLITE_BUSY";
    throw busy ? storageErrors.home_in_use({ home, pid: readPid(home) }, cause) : notWritable(home, cause);
  }
}

function readPid(home: string): number | null {
  try {
    return Number.parseInt(readFileSync(join(home, "pid"), "utf8"), 10) || null;
  } catch {
    return null;
  }
}

function notWritable(home: string, cause: unknown) {
  return storageErrors.home_not_writable({ home, why: cause instanceof Error ? cause.message : String(cause) }, cause);
}
