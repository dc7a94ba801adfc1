// Starts what is measured as a process of its own, pinned to a CPU where that can be done, and ends it again: politely,
// then firmly, always by its id. Its output goes to a file, whose end is shown when it dies.
import { closeSync, openSync, readFileSync } from "node:fs";

export interface StartedProcess {
  pid: number;
  /** Everything that it has printed so far. */
  output(): string;
  /** Resolves once it has ended. */
  stop(): Promise<void>;
}

export interface StartSpec {
  name: string;
  command: string[];
  /** The CPU to run on; undefined for any. */
  cpu: number | undefined;
  logPath: string;
  cwd?: string;
  env?: Record<string, string>;
}

export interface ReadySpec<T> {
  timeoutMs: number;
  /** Undefined until it is ready, then what the caller wants to know about it. */
  probe(output: string): T | undefined | Promise<T | undefined>;
}

const POLL_MS = 20;
const STOP_GRACE_MS = 30_000;
const OUTPUT_SHOWN_CHARS = 2000;

/** Only what programs need: no credentials, proxies or settings of whoever runs the benchmark. */
const INHERITED = ["PATH", "HOME", "TMPDIR", "LANG", "TZ"];

export function startProcess({ name, command, cpu, logPath, cwd, env }: StartSpec): StartedProcess {
  const log = openSync(logPath, "w");
  const inherited = Object.fromEntries(INHERITED.flatMap((key) => (process.env[key] ? [[key, process.env[key]]] : [])));
  const child = Bun.spawn(cpu === undefined ? command : ["taskset", "-c", String(cpu), ...command], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...inherited, ...env },
    stdin: "ignore",
    stdout: log,
    stderr: log,
  });
  closeSync(log);
  return {
    pid: child.pid,
    output() {
      const text = readFileSync(logPath, "utf8");
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(
          `${name} has ended (${child.signalCode ?? child.exitCode}): ${text.slice(-OUTPUT_SHOWN_CHARS)}`,
        );
      return text;
    },
    async stop() {
      child.kill("SIGTERM");
      const hasEnded = await Promise.race([child.exited.then(() => true), Bun.sleep(STOP_GRACE_MS).then(() => false)]);
      if (!hasEnded) child.kill("SIGKILL");
      await child.exited;
    },
  };
}

/** The first thing that `probe` returns; throws when the process ends first, or takes too long, after stopping it. */
export async function untilReady<T extends {}>(
  started: StartedProcess,
  { timeoutMs, probe }: ReadySpec<T>,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  try {
    while (performance.now() < deadline) {
      const found = await probe(started.output());
      if (found !== undefined) return found;
      await Bun.sleep(POLL_MS);
    }
    throw new Error(`it was not ready after ${timeoutMs} ms: ${started.output().slice(-OUTPUT_SHOWN_CHARS)}`);
  } catch (error) {
    await started.stop();
    throw error;
  }
}
