// A throw-away installation: Binnacle as a process on a data folder of its own, started, stopped and killed from outside,
// as an operator would. Nothing of the operator's own environment reaches it.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { programOf } from "../../tools/launch/program.mjs";
import { runtimeEnv } from "../../tools/launch/runtime-env.mjs";
import { untilReady, type StartedProcess, startProcess } from "../../bench/machine/start-process.ts";
import { type BinnacleClient, createClient } from "../../client/index.ts";
import type { DrillContext } from "../drill.ts";

export interface Installation {
  /** The data folder. */
  readonly home: string;
  /** Resolves when it says that it is ready. */
  start(): Promise<RunningBinnacle>;
  /** For a start that should be refused: runs it to its end. */
  startInVain(): Promise<{ exitCode: number; output: string }>;
}

export interface RunningBinnacle {
  url: string;
  /** The admin key; empty where another process on the same database has it. */
  key: string;
  pid: number;
  client: BinnacleClient;
  /** Asks it to end and waits until it has. */
  stop(): Promise<void>;
  /** `kill -9`, and waits until it is gone. */
  kill(): Promise<void>;
}

export interface InstallationOptions {
  /** Added to the little that it gets otherwise. */
  env?: Record<string, string>;
  /** The config file as a value; JSON is YAML, too. */
  config?: object;
}

/** For one that never comes up: on a machine with much else to do a first start, with a database of its own, takes over a minute. */
const READY_TIMEOUT_MS = 150_000;
/** A model server of the operator's own is none of a drill's business. */
const ALONE_ENV = { BINNACLE__PROVIDERS__FIND_LOCAL_SERVERS: "false" };

export function createInstallation(
  { root, folder, signal, defer }: Pick<DrillContext, "root" | "folder" | "signal" | "defer">,
  { env = {}, config = {} }: InstallationOptions = {},
): Installation {
  const home = join(folder, "home");
  const configPath = join(folder, "binnacle.yaml");
  mkdirSync(home);
  chmodSync(home, 0o700);
  writeFileSync(configPath, JSON.stringify(config));
  const command = [process.execPath, "--no-install", "--no-env-file", join(root, programOf(root)), "start"];
  const place = { BINNACLE_HOME: home, BINNACLE_CONFIG: configPath, BINNACLE_PORT: "0" };
  const ownEnv = { ...runtimeEnv, ...ALONE_ENV, ...place, ...env };
  let starts = 0;

  function spawn(): StartedProcess {
    signal.throwIfAborted();
    starts += 1;
    const logPath = join(folder, `binnacle-${starts}.log`);
    const started = startProcess({ name: "binnacle", command, cpu: undefined, logPath, cwd: folder, env: ownEnv });
    defer(() => started.stop());
    return started;
  }

  return {
    home,
    async start() {
      const started = spawn();
      const url = await untilReady(started, {
        timeoutMs: READY_TIMEOUT_MS,
        probe: (output) => /^Binnacle is ready: (\S+)$/m.exec(output)?.[1],
      });
      // Of several on one database, only the first makes an admin key.
      const keyPath = join(home, "admin.key");
      const key = existsSync(keyPath) ? readFileSync(keyPath, "utf8").trim() : "";
      return {
        url,
        key,
        pid: started.pid,
        client: createClient({ url, key }),
        stop: started.stop,
        async kill() {
          process.kill(started.pid, "SIGKILL");
          await started.stop();
        },
      };
    },
    async startInVain() {
      signal.throwIfAborted();
      const child = Bun.spawn(command, { cwd: folder, env: ownEnv, stdio: ["ignore", "pipe", "pipe"] });
      const timer = setTimeout(() => child.kill("SIGTERM"), READY_TIMEOUT_MS);
      const [output, words] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
      const exitCode = await child.exited;
      clearTimeout(timer);
      return { exitCode, output: output + words };
    },
  };
}
