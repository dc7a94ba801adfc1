// Which processes belong to a drill's folder, whoever started them: an embedded PostgreSQL outlives a Binnacle that was
// killed, and must not outlive the drill. Needs Linux's /proc; elsewhere nothing is found.
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

export interface FoundProcess {
  pid: number;
  command: string;
}

const POLL_MS = 50;
const GRACE_MS = 15_000;

/** Those that work in the folder, or were told its name by an argument or the environment. */
export function findProcesses(folder: string): FoundProcess[] {
  if (!existsSync("/proc/self/cwd")) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(
      (pid) => read(pid, "environ").includes(folder) || read(pid, "cmdline").includes(folder) || worksIn(pid, folder),
    )
    .map((pid) => ({ pid: Number(pid), command: read(pid, "cmdline").replaceAll("\0", " ").trim() }));
}

/** First as Ctrl-C would, which every one of ours, PostgreSQL included, takes as a wish to end in order; then by force. */
export async function endProcesses(folder: string): Promise<void> {
  for (const { pid } of findProcesses(folder)) sendSignal(pid, "SIGINT");
  const deadline = performance.now() + GRACE_MS;
  while (findProcesses(folder).length > 0 && performance.now() < deadline) await Bun.sleep(POLL_MS);
  for (const { pid } of findProcesses(folder)) sendSignal(pid, "SIGKILL");
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has just gone by itself.
  }
}

/** Empty for a process that is gone, a zombie, or somebody else's. */
function read(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "latin1");
  } catch {
    return "";
  }
}

function worksIn(pid: string, folder: string): boolean {
  try {
    return `${readlinkSync(`/proc/${pid}/cwd`)}/`.startsWith(`${folder}/`);
  } catch {
    return false;
  }
}
