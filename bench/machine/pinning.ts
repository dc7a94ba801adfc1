// Which CPU does what. With two CPUs and `taskset`, what is measured has one to itself (its database included), and the
// upstream and the load generator share the other; elsewhere nothing is pinned, and the output says so.
import { cpus } from "node:os";

export interface Pinning {
  contenderCpu: number | undefined;
  loadCpu: number | undefined;
  description: string;
}

export function choosePinning(): Pinning {
  if (process.platform !== "linux" || Bun.which("taskset") === null || cpus().length < 2)
    return { contenderCpu: undefined, loadCpu: undefined, description: "nothing is pinned" };
  return {
    contenderCpu: 0,
    loadCpu: 1,
    description: "contender (with its database) on CPU 0; upstream and load generator on CPU 1",
  };
}

/** Moves this process, with all its threads. */
export function pinThisProcess(cpu: number | undefined): void {
  if (cpu !== undefined) Bun.spawnSync(["taskset", "-acp", String(cpu), String(process.pid)]);
}
