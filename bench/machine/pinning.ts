// Which CPU does what. With two CPUs and `taskset`, the process that is measured has one to itself; its database, the
// upstream and the load generator share the other. Elsewhere nothing is pinned, and the output says so.
import { cpus } from "node:os";

export interface Pinning {
  contenderCpu: number | undefined;
  loadCpu: number | undefined;
  description: string;
}

/** Everyone on every CPU. */
export const noPinning: Pinning = { contenderCpu: undefined, loadCpu: undefined, description: "nothing is pinned" };

export function choosePinning(): Pinning {
  if (process.platform !== "linux" || Bun.which("taskset") === null || cpus().length < 2) return noPinning;
  return {
    contenderCpu: 0,
    loadCpu: 1,
    description: "contender on CPU 0; its database, upstream and load generator on CPU 1",
  };
}

/** Moves a running process, with all its threads; what it starts from then on follows. */
export function pinProcess(pid: number, cpu: number | undefined): void {
  if (cpu !== undefined) Bun.spawnSync(["taskset", "-acp", String(cpu), String(pid)]);
}
