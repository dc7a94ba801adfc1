// What Linux says a process has used: CPU time, and memory. Elsewhere there is no /proc, and the benchmarks say so.
import { readdirSync, readFileSync } from "node:fs";

/** A tick of /proc/<pid>/stat; it is 10 ms on every Linux that matters, whatever the kernel's own clock. */
const TICK_MS = 10;

interface Stat {
  parent: number;
  name: string;
  /** CPU of all its threads, user and system. */
  ownMs: number;
  /** CPU of its children that have ended and were waited for. */
  endedChildrenMs: number;
}

function readStat(pid: number): Stat | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return undefined;
  }
}

/** See proc(5). The name stands in brackets and may hold anything, brackets and spaces included. */
export function parseStat(text: string): Stat {
  const nameEnd = text.lastIndexOf(")");
  const fields = text.slice(nameEnd + 2).split(" ");
  const field = (numberInManual: number) => Number(fields[numberInManual - 3]);
  return {
    parent: field(4),
    name: text.slice(text.indexOf("(") + 1, nameEnd),
    ownMs: (field(14) + field(15)) * TICK_MS,
    endedChildrenMs: (field(16) + field(17)) * TICK_MS,
  };
}

/** Throws when the process is gone: a figure of a process that died must not look like a small one. */
export function cpuMs(pid: number): number {
  const stat = readStat(pid);
  if (!stat) throw new Error(`process ${pid} is gone`);
  return stat.ownMs;
}

export function isRunning(pid: number): boolean {
  return readStat(pid) !== undefined;
}

/** CPU of a server with a process a connection, those included that have ended. */
export function treeCpuMs(root: number | undefined): number {
  if (root === undefined) return 0;
  return [root, ...descendantsOf(root)].reduce((sum, pid) => {
    const stat = readStat(pid);
    return sum + (stat ? stat.ownMs + stat.endedChildrenMs : 0);
  }, 0);
}

/** The first child of a process that has this name. */
export function childNamed(pid: number, name: string): number | undefined {
  return allProcesses().find(([, stat]) => stat.parent === pid && stat.name === name)?.[0];
}

export function descendantsOf(root: number): number[] {
  const all = allProcesses();
  const found = [root];
  // The list grows while it is walked: children of children follow.
  for (const parent of found) for (const [pid, stat] of all) if (stat.parent === parent) found.push(pid);
  return found.slice(1);
}

function allProcesses(): [number, Stat][] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): [number, Stat][] => {
      const stat = readStat(Number(name));
      return stat ? [[Number(name), stat]] : [];
    });
}

/** Resident memory, in bytes. */
export function rssBytes(pid: number): number {
  return kilobytes(`/proc/${pid}/status`, "VmRSS") * 1024;
}

/** Memory of a process and all below it, pages that they share counted once. */
export function treeMemoryBytes(root: number | undefined): number {
  if (root === undefined) return 0;
  return [root, ...descendantsOf(root)].reduce(
    (sum, pid) => sum + kilobytes(`/proc/${pid}/smaps_rollup`, "Pss") * 1024,
    0,
  );
}

function kilobytes(path: string, field: string): number {
  try {
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(readFileSync(path, "latin1"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Time that a CPU, or with undefined all of them together, has been busy since the machine started. */
export function cpuBusyMs(cpu: number | undefined): number {
  const name = cpu === undefined ? "cpu " : `cpu${cpu} `;
  const line = readFileSync("/proc/stat", "latin1")
    .split("\n")
    .find((candidate) => candidate.startsWith(name));
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = (line ?? "")
    .slice(name.length)
    .trim()
    .split(" ")
    .map(Number);
  return (user + nice + system + irq + softirq + steal) * TICK_MS;
}
