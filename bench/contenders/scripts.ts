// The upstream, and the two contenders that are nearly nothing: calling it directly, and the bare proxy.
import { join } from "node:path";
import { startProcess, untilReady } from "../machine/start-process.ts";
import { BUN_ENV, CHAT_PATH, type Contender, type ContenderDeps, nothingToSettle, portIn } from "./contender.ts";
import { MODEL, type TrafficKind } from "../traffic.ts";

const READY_TIMEOUT_MS = 10_000;

export interface Upstream {
  url: string;
  pid: number;
  /** Calls that reached it so far, by kind. */
  counts(): Promise<Record<TrafficKind, number>>;
  stop(): Promise<void>;
}

export async function startUpstream({
  root,
  folder,
  cpu,
}: Omit<ContenderDeps, "upstream" | "loadCpu">): Promise<Upstream> {
  const { port, pid, stop } = await startScript("upstream", [], { root, folder, cpu });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    pid,
    counts: async () => (await (await fetch(`${url}/counts`)).json()) as Record<TrafficKind, number>,
    stop,
  };
}

export function callDirectly(upstream: string): Contender {
  return {
    name: "direct",
    pid: undefined,
    databasePid: undefined,
    address: (kind) => ({ url: `${upstream}/${kind}${CHAT_PATH}`, headers: AUTHORIZED, model: MODEL }),
    settle: nothingToSettle,
    stop: nothingToSettle,
  };
}

export async function startBareProxy(deps: ContenderDeps): Promise<Contender> {
  const { port, pid, stop } = await startScript("bare-proxy", [deps.upstream], deps);
  return {
    name: "bare",
    pid,
    databasePid: undefined,
    address: (kind) => ({ url: `http://127.0.0.1:${port}/${kind}${CHAT_PATH}`, headers: AUTHORIZED, model: MODEL }),
    settle: nothingToSettle,
    stop,
  };
}

const AUTHORIZED = { authorization: "Bearer bench" };

async function startScript(name: string, args: string[], deps: Omit<ContenderDeps, "upstream" | "loadCpu">) {
  const started = startProcess({
    name,
    command: [process.execPath, "--no-install", "--no-env-file", join(deps.root, "bench", `${name}.ts`), ...args],
    cpu: deps.cpu,
    logPath: join(deps.folder, `${name}.log`),
    env: BUN_ENV,
  });
  const port = await untilReady(started, { timeoutMs: READY_TIMEOUT_MS, probe: portIn });
  return { port, pid: started.pid, stop: started.stop };
}
