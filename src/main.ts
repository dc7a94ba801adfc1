// The process: environment, signals, streams, exit. Nothing else touches these; everything else is handed what it needs.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import packageJson from "../package.json" with { type: "json" };
import { createApp } from "./app.ts";
import { type AppConfig, readAppConfig } from "./app-config.ts";
import { type CliHost, runCli } from "./interfaces/index.ts";
import { createWorld } from "./kernel/index.ts";
import { openLog } from "./open-log.ts";
import { describeStart } from "./describe-start.ts";
import { openHome } from "./storage/index.ts";

const ROOT = resolve(import.meta.dir, "..");
const CONFIG_FILE = "binnacle.yaml";

type StartOptions = Parameters<CliHost["startServer"]>[0];

function readConfig(options: StartOptions = {}): { config: AppConfig; path: string } {
  const path = resolve(options.config ?? process.env["BINNACLE_CONFIG"] ?? CONFIG_FILE);
  const isNamed = options.config !== undefined || process.env["BINNACLE_CONFIG"] !== undefined;
  const env = { ...process.env };
  if (options.port !== undefined) env["BINNACLE__INTERFACES__PORT"] = String(options.port);
  if (options.host !== undefined) env["BINNACLE__INTERFACES__HOST"] = options.host;
  if (options.home !== undefined) env["BINNACLE__HOME"] = options.home;
  const yaml = readIfThere(path);
  if (yaml === undefined && isNamed) readFileSync(path);
  return { config: readAppConfig({ yaml, path: yaml === undefined ? "defaults and environment" : path, env }), path };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** Runs until SIGINT or SIGTERM; a second one ends it at once. */
async function startServer(options: StartOptions): Promise<number> {
  const { config } = readConfig(options);
  const { log, flush } = openLog({ level: config.log.level, isTerminal: process.stderr.isTTY });
  const stopAsked = untilStopSignal();
  const home = openHome(config.home);
  const app = createApp(config, {
    world: createWorld({ log }),
    home,
    env: process.env,
    version: packageJson.version,
    consoleFolder: join(ROOT, "console", "dist"),
  });
  try {
    const started = await Promise.race([app.start(), stopAsked]);
    if (typeof started === "object") {
      process.stdout.write(describeStart(started, { cwd: process.cwd() }));
      await stopAsked;
      process.stdout.write("Stopping: letting calls in flight end …\n");
    }
    return 0;
  } finally {
    await app.close();
    home.close();
    flush();
  }
}

function untilStopSignal(): Promise<"stop"> {
  return new Promise((resolve) => {
    let isAsked = false;
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        if (isAsked && signal === "SIGINT") process.exit(130);
        isAsked = true;
        resolve("stop");
      });
    }
  });
}

function createHost(): CliHost {
  const interrupted = new AbortController();
  // Only commands listen here; `start` has signal handlers of its own, which come later and decide there.
  process.once("SIGINT", () => interrupted.abort());
  process.stdout.on("error", () => interrupted.abort());
  const terminal = (stream: NodeJS.WriteStream) => ({
    write: (text: string) => void stream.write(text),
    isTerminal: stream.isTTY ?? false,
    columns: stream.columns ?? 80,
  });
  return {
    env: process.env,
    cwd: process.cwd(),
    version: packageJson.version,
    stdout: terminal(process.stdout),
    stderr: terminal(process.stderr),
    stdin: { isTerminal: process.stdin.isTTY ?? false, read: () => Bun.stdin.text(), ask: askLine },
    signal: interrupted.signal,
    nowMs: () => Date.now(),
    fetch: (input, init) => fetch(input, init),
    loadConfig: async (file) => readConfig(file === undefined ? {} : { config: file }),
    startServer,
  };
}

async function askLine(prompt: string): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise((resolve) => {
      lines.once("close", () => resolve(undefined));
      lines.once("SIGINT", () => resolve(undefined));
      lines.question(prompt).then(resolve, () => resolve(undefined));
    });
  } finally {
    lines.close();
  }
}

process.exit(await runCli(process.argv.slice(2), createHost()));
