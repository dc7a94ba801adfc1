// The process: environment, signals, streams, exit. Nothing else touches these; everything else is handed what it needs.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import packageJson from "../package.json" with { type: "json" };
import type { App, Started } from "./app.ts";
import type { AppConfig } from "./app-config.ts";
import { type CliHost, createLineAsker, type LineAsker, runCli } from "./interfaces/cli/index.ts";
import { type ConfigSources, configMissing, type Log } from "./kernel/index.ts";
import type { Channel, Message, Peers, Place } from "./workers/index.ts";

const ROOT = rootAbove(import.meta.dir);
const CONFIG_FILE = "binnacle.yaml";
const WORKER_STOP_SPARE_MS = 10_000;

type StartOptions = Parameters<CliHost["startServer"]>[0];

interface ReadConfig {
  config: AppConfig;
  path: string;
  sources: ConfigSources;
}

/** Where package.json is: above src/, and above dist/<hash>/. */
function rootAbove(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : rootAbove(dirname(folder));
}

async function readConfig(options: StartOptions = {}): Promise<ReadConfig> {
  const [{ readAppConfig }, { placeFromEnv, settingsOf }] = await Promise.all([
    import("./app-config.ts"),
    import("./workers/index.ts"),
  ]);
  const env = { ...process.env };
  if (options.port !== undefined) env["BINNACLE__INTERFACES__PORT"] = String(options.port);
  if (options.host !== undefined) env["BINNACLE__INTERFACES__HOST"] = options.host;
  if (options.home !== undefined) env["BINNACLE__HOME"] = options.home;
  const place = placeFromEnv(process.env);
  if (place) Object.assign(env, settingsOf(place));
  const named = options.config ?? env["BINNACLE_CONFIG"];
  const path = resolve(named ?? CONFIG_FILE);
  const yaml = readYaml(path, named !== undefined);
  const sources = { yaml, path: yaml === undefined ? "defaults and environment" : path, env };
  return { config: readAppConfig(sources), path, sources };
}

function readYaml(path: string, isNamed: boolean): string | undefined {
  if (!isNamed && !existsSync(path)) return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw configMissing({ path, why: cause instanceof Error ? cause.message : String(cause) }, cause);
  }
}

function namesProxy(env: NodeJS.ProcessEnv): boolean {
  return ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"].some((name) => (env[name] ?? "") !== "");
}

/** The other processes: those that this one starts, or those among which it was started. */
async function findPeers(config: AppConfig, place: Place | undefined, log: Log): Promise<Peers> {
  const { alone, createMember, createSpawn, createTeam, workersErrors } = await import("./workers/index.ts");
  if (place) return createMember(place, channelToFirst());
  if (process.platform === "win32") {
    if (config.workers === 1) return alone;
    throw workersErrors.not_here({ platform: process.platform });
  }
  const { interfaces, batches, ledger, telemetry } = config;
  return createTeam(config.workers, {
    spawn: createSpawn({
      command: [process.execPath, ...process.execArgv, Bun.main, ...process.argv.slice(2)],
      env: process.env,
    }),
    world: { log, monotonicMs: () => performance.now(), random: () => Math.random() },
    stopTimeoutMs:
      Math.max(interfaces.shutdown_grace, batches.shutdown_grace) + ledger.close_timeout + WORKER_STOP_SPARE_MS,
    aideRestMs: telemetry.own_process_for,
  });
}

function channelToFirst(): Channel {
  return {
    send(message) {
      if (process.connected) process.send?.(message);
    },
    // The first process runs this same program.
    onMessage: (hear) => void process.on("message", (message) => hear(message as Message)),
  };
}

/** Runs until SIGINT or SIGTERM; a second one ends it at once. */
async function startServer(options: StartOptions): Promise<number> {
  const [
    { createWorld },
    network,
    { openLog },
    { createStorage, openHome },
    { watchConfig },
    { countProcesses, folderOf, placeFromEnv },
  ] = await Promise.all([
    import("./kernel/index.ts"),
    import("./network/index.ts"),
    import("./open-log.ts"),
    import("./storage/index.ts"),
    import("./watch-config.ts"),
    import("./workers/index.ts"),
  ]);
  const place = placeFromEnv(process.env);
  const stopAsked = place ? Promise.race([untilStopSignal(), untilLeftAlone()]) : untilStopSignal();
  const { config, path, sources } = await readConfig(options);
  const worker = place?.number ?? (config.workers > 1 ? 1 : undefined);
  const { log, writeLine, flush } = await openLog({ level: config.log.level, out: process.stderr, worker });
  const peers = await findPeers(config, place, log);
  const home = openHome(place ? join(config.home, folderOf(place)) : config.home);
  const own = network.createFetch({ other: fetch, usesProxy: namesProxy(process.env) });
  const world = createWorld({
    log,
    fetch: own,
    fetchPublic: network.createPublicFetch(config.network, { fetch: own }),
    openSocket: network.createOpenSocket(),
  });
  const storage = createStorage(config.storage, { world, home, processes: countProcesses(peers) });
  // PostgreSQL rises while the rooms are read.
  storage.raise();
  let app: App | undefined;
  let watch: { close(): void } | undefined;
  try {
    const { createApp } = await import("./app.ts");
    const made = createApp(config, {
      world,
      home,
      storage,
      ...(place && { keysFolder: resolve(config.home) }),
      peers,
      env: process.env,
      configSources: sources,
      version: packageJson.version,
      consoleFolder: join(ROOT, "console", "dist"),
      writeLogLine: writeLine,
    });
    app = made;
    const reload = async (next: ReadConfig): Promise<void> => {
      const left = await made.reload(next.config, next.sources);
      log.info({ path, ...(left.length > 0 && { at_next_start: left }) }, "the config file was read again");
    };
    const started = await Promise.race([made.start(), stopAsked]);
    if (typeof started === "object") {
      if (!place) await announce(started, home.path);
      watch = watchConfig(path, { read: () => readConfig(options), apply: reload, log });
      await stopAsked;
      if (!place) process.stdout.write("Stopping: letting calls in flight end …\n");
    }
    return 0;
  } finally {
    watch?.close();
    await (app ?? storage).close();
    rmSync(join(home.path, "url"), { force: true });
    home.close();
    flush();
  }
}

async function announce(started: Started, home: string): Promise<void> {
  const { describeStart } = await import("./describe-start.ts");
  // For the command line: the port may come from a file, or be any free one.
  writeFileSync(join(home, "url"), `${started.url}\n`, { mode: 0o600 });
  process.stdout.write(describeStart(started, { cwd: process.cwd() }));
}

/** A worker's first process has ended: without it nobody would stop this one, or start it again. */
function untilLeftAlone(): Promise<"stop"> {
  return new Promise((resolve) => {
    if (!process.connected) resolve("stop");
    process.once("disconnect", () => resolve("stop"));
  });
}

function untilStopSignal(): Promise<"stop"> {
  return new Promise((resolve) => {
    let askedAtMs = 0;
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        // One Ctrl-C may arrive twice, from the terminal and through npm; a second one a moment later is meant.
        if (askedAtMs > 0 && signal === "SIGINT" && performance.now() - askedAtMs > 1000) process.exit(130);
        askedAtMs ||= performance.now();
        resolve("stop");
      });
    }
  });
}

function createHost(): { host: CliHost; close(): void } {
  const interrupted = new AbortController();
  // Only commands listen here; `start` has signal handlers of its own, which come later and decide there.
  process.once("SIGINT", () => interrupted.abort());
  process.once("SIGTERM", () => interrupted.abort());
  process.stdout.on("error", () => interrupted.abort());
  const terminal = (stream: NodeJS.WriteStream) => ({
    write: (text: string) => void stream.write(text),
    isTerminal: stream.isTTY ?? false,
    columns: stream.columns ?? 80,
  });
  let asker: LineAsker | undefined;
  const ask = (prompt: string) => {
    asker ??= createLineAsker({ input: process.stdin, output: process.stderr }, () => interrupted.abort());
    return asker.ask(prompt);
  };
  const host: CliHost = {
    env: process.env,
    cwd: process.cwd(),
    version: packageJson.version,
    stdout: terminal(process.stdout),
    stderr: terminal(process.stderr),
    stdin: { isTerminal: process.stdin.isTTY ?? false, read: () => Bun.stdin.text(), ask },
    signal: interrupted.signal,
    nowMs: () => Date.now(),
    fetch: (input, init) => fetch(input, init),
    loadConfig: (file) => readConfig(file === undefined ? {} : { config: file }),
    startServer,
  };
  return { host, close: () => asker?.close() };
}

const { host, close } = createHost();
// Not awaited: what is compiled beforehand has no place for that (tools/build-program.ts).
void runCli(process.argv.slice(2), host).then((exitCode) => {
  close();
  process.exit(exitCode);
});
