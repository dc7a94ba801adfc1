// Where processors are short, calls go before records, which wait in the journal: PostgreSQL's processes give way to ours.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";

export const NICENESS = 5;
/** A connection that is opened, or a worker that is started, has its full weight for so long at most. */
const LOOK_MS = 500;

/** Of a process that has just been started, before it starts others: they inherit it. */
export function giveWay(pid: number): void {
  attempt(() => setPriority(pid, NICENESS));
}

/**
 * Linux may weigh sessions before it weighs the processes in them (autogroups; a desktop's or server's own programs, those in
 * containers not). There, what is inherited counts for nothing: each of PostgreSQL's processes begins a session, which has a
 * weight of its own, as much as all of Binnacle. So each is told, soon after it was started. Ends with the server.
 */
export function letSessionsGiveWay({ pid, exited }: { pid: number; exited: Promise<unknown> }): void {
  if (!existsSync(sessionOf(pid))) return;
  const look = (): void => [pid, ...childrenOf(pid)].forEach(tellSession);
  look();
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  void exited.then(() => clearInterval(timer));
}

const sessionOf = (pid: number): string => `/proc/${pid}/autogroup`;

/** Unless it knows. What could not be told is told the next time: users other than root may do so ten times a second. */
function tellSession(pid: number): void {
  attempt(() => {
    const isTold = readFileSync(sessionOf(pid), "latin1").endsWith(` nice ${NICENESS}\n`);
    if (!isTold) writeFileSync(sessionOf(pid), String(NICENESS));
  });
}

/** None where the system does not say. */
function childrenOf(pid: number): number[] {
  let listed = "";
  attempt(() => (listed = readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1")));
  return listed.split(" ").filter(Boolean).map(Number);
}

/** Where the system will not have it, or has no such thing, or the process is gone: then nothing is changed. */
function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // As above.
  }
}
