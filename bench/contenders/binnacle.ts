// Binnacle as anyone starts it: the real process with its embedded PostgreSQL on an empty data folder, default settings,
// a key made through its API, and a config that names the upstream as a vendor, with prices and routes.
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { programOf } from "../../tools/launch/program.mjs";
import { pinProcess } from "../machine/pinning.ts";
import { childNamed, descendantsOf, isRunning } from "../machine/process-figures.ts";
import { startProcess, untilReady } from "../machine/start-process.ts";
import { MODEL, trafficKinds } from "../traffic.ts";
import { BUN_ENV, CHAT_PATH, type Contender, type ContenderDeps } from "./contender.ts";

export interface BinnacleContender extends Contender {
  url: string;
  /** A key that may read the state of the installation. */
  adminKey: string;
}

const READY_TIMEOUT_MS = 60_000;
const SETTLE_TIMEOUT_MS = 120_000;
/** Asking costs Binnacle a little, too, and is counted with the rest. */
const SETTLE_POLL_MS = 50;

/** With more than one process, they share a port. */
export async function startBinnacle(deps: ContenderDeps, workers: 1 | 2 | 4 = 1): Promise<BinnacleContender> {
  const name = workers === 1 ? "binnacle" : (`binnacle-${workers}` as const);
  const folder = join(deps.folder, name);
  const home = join(folder, "home");
  const configPath = join(folder, "binnacle.yaml");
  mkdirSync(home, { recursive: true });
  const policyFolder = join(folder, "policies");
  await Bun.write(join(policyFolder, "bench.cedar"), manyPolicies());
  await Bun.write(configPath, binnacleConfig(deps.upstream, { policyFolder, workers }));
  const started = startProcess({
    name,
    command: [process.execPath, "--no-install", "--no-env-file", join(deps.root, programOf(deps.root)), "start"],
    cpu: deps.cpu,
    logPath: join(folder, "binnacle.log"),
    cwd: folder,
    env: { ...BUN_ENV, BINNACLE_HOME: home, BINNACLE_CONFIG: configPath, BENCH_VENDOR_KEY: "bench" },
  });
  const url = await untilReady(started, {
    timeoutMs: READY_TIMEOUT_MS,
    probe: (output) => /^Binnacle is ready: (\S+)$/m.exec(output)?.[1],
  });
  const databasePid = childNamed(started.pid, "postgres");
  // It began on its parent's CPU. Sharing that would slow the process that is measured, by a neighbour that the others lack.
  if (databasePid !== undefined)
    for (const pid of [databasePid, ...descendantsOf(databasePid)]) pinProcess(pid, deps.loadCpu);
  const stop = async (): Promise<void> => {
    await started.stop();
    // It stops its database itself, unless it had to be killed.
    if (databasePid !== undefined && isRunning(databasePid)) process.kill(databasePid, "SIGQUIT");
  };
  try {
    const adminKey = (await readFile(join(home, "admin.key"), "utf8")).trim();
    const headersOf = (secret: string) => ({ authorization: `Bearer ${secret}` });
    const headers = headersOf(await createKey(url, adminKey, { name: "bench" }));
    const governed = headersOf(await createKey(url, adminKey, { name: "governed", ...owner }));
    return {
      name,
      url,
      adminKey,
      pid: started.pid,
      workerPids: await readWorkerPids(url, adminKey),
      databasePid,
      address: (kind, { isGoverned, isSecured } = {}) =>
        isSecured
          ? { url: url + CHAT_PATH, headers, model: SECURED }
          : isGoverned
            ? { url: url + CHAT_PATH, headers: governed, model: GOVERNED }
            : { url: url + CHAT_PATH, headers, model: kind },
      settle: () => untilProjected(url, adminKey),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A caller under caps, which the others are not. */
const GOVERNED = "governed";
/** A route whose calls are looked at, going in and coming out. */
const SECURED = "secured";
const levels = ["user", "team", "project"] as const;
const owner = { user: "governed", team: "governed", project: "governed" };
const five = ["", "-b", "-c", "-d", "-e"].map((end) => `bench-json/${MODEL}${end}`);

/** None of them fits a call of the benchmark, so that each must be looked at. */
function manyPolicies(): string {
  return Array.from(
    { length: POLICIES },
    (_, number) => `@id("bench-${number}")
forbid (principal in Team::"team-${number}", action == Action::"use_model", resource == Model::"vendor/model-${number}");
`,
  ).join("\n");
}

const POLICIES = 100;

interface ConfigOptions {
  policyFolder: string;
  workers?: number;
}

/** JSON is YAML, too. A vendor and a route for each kind of traffic, each route with a second target to plan for. */
export function binnacleConfig(upstream: string, { policyFolder, workers = 1 }: ConfigOptions): string {
  const each = <T>(make: (kind: string) => [string, T]): Record<string, T> =>
    Object.fromEntries(trafficKinds.map(make));
  const price = { input_usd_per_million: 0.15, output_usd_per_million: 0.6, cache_read_usd_per_million: 0.075 };
  return JSON.stringify({
    workers,
    interfaces: { port: 0 },
    providers: {
      vendors: each((kind) => [
        `bench-${kind}`,
        {
          kind: "openai-compatible",
          base_url: `${upstream}/${kind}/v1`,
          api_key: "env:BENCH_VENDOR_KEY",
          models: [MODEL, `${MODEL}-spare`],
        },
      ]),
      prices: {
        ...each((kind) => [`bench-${kind}/${MODEL}`, price]),
        ...Object.fromEntries(five.map((id) => [id, price])),
      },
    },
    gateway: {
      routes: {
        ...each((kind) => [kind, { targets: [`bench-${kind}/${MODEL}`, `bench-${kind}/${MODEL}-spare`] }]),
        [SECURED]: { targets: [`bench-json/${MODEL}`, `bench-json/${MODEL}-spare`] },
        [GOVERNED]: { strategy: "lowest_latency", targets: five },
      },
      // Each slice numbers its questions from the first on: none may be answered from the slice before.
      cache: { enabled: true, routes: [GOVERNED], ttl: "500ms" },
    },
    policy: { folder: policyFolder },
    guardrails: {
      policies: {
        usual: {
          applies_to: { routes: [SECURED] },
          checks: [{ kinds: ["pii", "secrets", "injection"], on: ["input", "output", "tool_arguments"], mode: "mask" }],
        },
      },
    },
    governance: {
      budgets: [
        ...levels.map((of) => ({ of, name: owner[of], usd: 1_000_000 })),
        { of: "team", name: owner.team, usd: 1_000_000, every: "day" },
      ],
      limits: [
        ...levels.map((of) => ({ of, name: owner[of], requests: 1_000_000_000 })),
        { of: "team", name: owner.team, tokens: 1_000_000_000_000, every: "day" },
      ],
    },
  });
}

async function createKey(url: string, adminKey: string, key: object): Promise<string> {
  const response = await fetch(`${url}/api/v1/keys`, {
    method: "POST",
    headers: { authorization: `Bearer ${adminKey}`, "content-type": "application/json" },
    body: JSON.stringify({ scopes: ["call"], ...key }),
  });
  if (response.status !== 201) throw new Error(`no key could be made: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { secret: string }).secret;
}

interface StatusRead {
  ledger?: { pending_records: number };
  workers?: { number: number; pid: number | null }[];
}

async function readStatus(url: string, adminKey: string): Promise<StatusRead> {
  const response = await fetch(`${url}/api/v1/status`, { headers: { authorization: `Bearer ${adminKey}` } });
  return (await response.json()) as StatusRead;
}

/** Of all but the first. */
async function readWorkerPids(url: string, adminKey: string): Promise<number[]> {
  const { workers = [] } = await readStatus(url, adminKey);
  return workers.flatMap(({ number, pid }) => (number === 1 || pid === null ? [] : [pid]));
}

/** Every record is in PostgreSQL. */
async function untilProjected(url: string, adminKey: string): Promise<void> {
  const deadline = performance.now() + SETTLE_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const status = await readStatus(url, adminKey);
    if (status.ledger?.pending_records === 0) return;
    await Bun.sleep(SETTLE_POLL_MS);
  }
  throw new Error(`records were still waiting for PostgreSQL after ${SETTLE_TIMEOUT_MS} ms`);
}
