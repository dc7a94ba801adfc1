// One postmaster process: our own child, or an orphan of an earlier Binnacle that was killed. Both can be watched and
// stopped the same way. Also finds the orphan.
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { settlesWithin } from "../connection/settles-within.ts";
import { giveWay, letSessionsGiveWay } from "./give-way.ts";
import { type Owner, type Place, SOCKET_FILE } from "./place.ts";

export interface Postmaster {
  readonly pid: number;
  readonly exited: Promise<void>;
  isRunning(): boolean;
}

const HAS_PROC = existsSync("/proc/self/cwd");
const POLL_MS = 100;
const QUIT_TIMEOUT_MS = 5000;

// A session of its own, so that Ctrl-C in the terminal reaches Binnacle only, which then stops the server in order.
const spawnOptions = (owner: Owner | null) => ({
  env: { LC_ALL: "C", TZ: "UTC", ...(process.platform === "win32" ? { SystemRoot: "C:\\Windows" } : {}) },
  cwd: "/",
  detached: true,
  ...owner,
});

/** Starts the server. Its output goes to the open file. */
export function launchPostmaster(args: string[], owner: Owner | null, logFd: number): Postmaster {
  const child = Bun.spawn(args, { ...spawnOptions(owner), stdio: ["ignore", logFd, logFd] });
  child.unref();
  giveWay(child.pid);
  letSessionsGiveWay(child);
  const running = (): boolean => child.exitCode === null && child.signalCode === null;
  return { pid: child.pid, exited: child.exited.then(() => undefined), isRunning: running };
}

/** Runs a program to its end. `output` is what it said on stderr. */
export async function runToEnd(args: string[], owner: Owner | null): Promise<{ ok: boolean; output: string }> {
  const child = Bun.spawn(args, { ...spawnOptions(owner), stdio: ["ignore", "ignore", "pipe"] });
  const output = (await new Response(child.stderr).text()).trim();
  return { ok: (await child.exited) === 0, output };
}

/**
 * The postmaster that runs on this data folder, or null; then what a dead one left behind is cleared away.
 * The pid alone proves nothing, as the number may have gone to another program since.
 */
export function findPostmaster(place: Place): Postmaster | null {
  const pidFile = join(place.dataDir, "postmaster.pid");
  const pid = existsSync(pidFile) ? Number.parseInt(readFileSync(pidFile, "utf8"), 10) : 0;
  if (pid > 0 && isPostmasterOn(place.dataDir, pid)) return watchForeign(pid);
  if (pid > 0) killStragglers(place.dataDir);
  // PostgreSQL would refuse to start while any process of its user has that number.
  rmSync(pidFile, { force: true });
  if (place.socketDir)
    for (const suffix of ["", ".lock"]) rmSync(join(place.socketDir, SOCKET_FILE + suffix), { force: true });
  return null;
}

// A session that is busy notices only at its next pause that its postmaster is dead, and until then PostgreSQL rightly
// refuses to start another. Nothing it does can be kept any more. Where there is no /proc, its statement's time-out ends it.
function killStragglers(dataDir: string): void {
  const names = HAS_PROC ? readdirSync("/proc").filter((name) => /^\d+$/.test(name)) : [];
  for (const pid of names.map(Number)) if (isPostgresIn(dataDir, pid)) sendSignal(pid, "SIGKILL");
}

/** All of a server's processes work in its data folder, whoever started it and by whatever name for that folder. */
function isPostgresIn(dataDir: string, pid: number): boolean {
  try {
    return readProcess(pid, "comm") === "postgres\n" && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataDir);
  } catch {
    return false;
  }
}

function watchForeign(pid: number): Postmaster {
  const running = (): boolean => isAlive(pid);
  const exited = new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (running()) return;
      clearInterval(timer);
      resolve();
    }, POLL_MS);
    timer.unref();
  });
  letSessionsGiveWay({ pid, exited });
  return { pid, exited, isRunning: running };
}

/** Fast shutdown: ends sessions, writes a checkpoint. After the time-out it is told to drop everything, then killed. */
export async function stopPostmaster(postmaster: Postmaster, timeoutMs: number): Promise<void> {
  for (const [signal, waitMs] of [
    ["SIGINT", timeoutMs],
    ["SIGQUIT", QUIT_TIMEOUT_MS],
    ["SIGKILL", QUIT_TIMEOUT_MS],
  ] as const) {
    if (!postmaster.isRunning()) return;
    sendSignal(postmaster.pid, signal);
    await settlesWithin(postmaster.exited, waitMs);
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has just gone by itself.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // An orphan that nobody waits for stays in the table of processes after its end.
  return !/^State:\s+Z/m.test(readProcess(pid, "status"));
}

function isPostmasterOn(dataDir: string, pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (HAS_PROC) return isPostgresIn(dataDir, pid);
  const { stdout } = Bun.spawnSync(["ps", "-ww", "-o", "command=", "-p", String(pid)]);
  return stdout.toString().includes(` -D ${dataDir} `);
}

function readProcess(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return "";
  }
}
