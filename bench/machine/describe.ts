// The machine and the versions that a result belongs to.
import { cpus, release, totalmem } from "node:os";

export interface MachineDescription {
  cpu: string;
  cores: number;
  memory_bytes: number;
  kernel: string;
  bun: string;
  node: string;
  commit: string;
  /** Whether the working tree differed from that commit. */
  dirty: boolean;
}

export function describeMachine(root: string): MachineDescription {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? "unknown",
    cores: all.length,
    memory_bytes: totalmem(),
    kernel: `${process.platform} ${release()}`,
    bun: Bun.version,
    node: firstLine(["node", "--version"], root).replace(/^v/, ""),
    commit: firstLine(["git", "rev-parse", "--short=10", "HEAD"], root),
    dirty: firstLine(["git", "status", "--porcelain", "--", "src", "bench", "package-lock.json"], root) !== "",
  };
}

function firstLine(command: string[], cwd: string): string {
  try {
    return Bun.spawnSync(command, { cwd, stderr: "ignore" }).stdout.toString().split("\n")[0]?.trim() ?? "";
  } catch {
    return "unknown";
  }
}
