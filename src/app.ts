// The house, wired from the ground up: the best introduction to the whole. Each room gets what it needs from the
// rooms below it; start() opens them from the ground up, close() shuts them from the top down.
import { readFileSync } from "node:fs";
import { createAlerting } from "./alerting.ts";
import { alertsMigrations } from "./alerts/index.ts";
import { type AppConfig, explainAppConfig } from "./app-config.ts";
import { type Audit, auditMigrations, createAudit } from "./audit/index.ts";
import { type Approvals, approvalsMigrations, createApprovals } from "./approvals/index.ts";
import { batchesMigrations, createBatches } from "./batches/index.ts";
import { createComplying } from "./compliance/index.ts";
import { createDryRun } from "./dry-run-policies.ts";
import { createDrift, driftMigrations } from "./drift/index.ts";
import { createEmbedder } from "./embedding/index.ts";
import { createAuditExecutions, createGateway, gatewayMigrations, keptGatewayConfig } from "./gateway/index.ts";
import { createGuarding } from "./guarding.ts";
import { createIdentity, createMachines, identityMigrations } from "./identity/index.ts";
import { createGovernance, type Governance, governanceMigrations } from "./governance/index.ts";
import type { Status } from "./interfaces/contract.ts";
import { createGrpcServer, createHttpServer, createSettings } from "./interfaces/index.ts";
import { type ConfigSources, createReplaceable, type World } from "./kernel/index.ts";
import { createBank, createLeases, type Leases, leasesMigrations, openLeaseBook } from "./leases/index.ts";
import { createLedger, type Ledger, ledgerMigrations } from "./ledger/index.ts";
import { createObserved } from "./observe.ts";
import { createPolicies, policyMigrations } from "./policy/index.ts";
import { createPrompts } from "./prompts/index.ts";
import { createProviders, type Providers } from "./providers/index.ts";
import { createResponses } from "./responses/index.ts";
import { createStorage, type Home, type RoomMigrations, type Storage } from "./storage/index.ts";
import { createTelemetry, telemetryMigrations } from "./telemetry/index.ts";
import { createSettleLeft } from "./settle-left.ts";
import { createViews, viewsMigrations } from "./views/index.ts";
import { createVault, type Vault, vaultMigrations } from "./vault/index.ts";
import { alone, countProcesses, type Peers } from "./workers/index.ts";
import { createAsOne, type OwnStatus } from "./as-one.ts";

export interface App {
  /** Opens everything and listens. Throws AppErrors that say what to mend. */
  start(): Promise<Started>;
  /** Takes over what may change while it runs; gives the branches that take effect at the next start only. */
  reload(config: AppConfig, sources?: ConfigSources): Promise<string[]>;
  /** Lets calls in flight end, writes out what is pending, stops the embedded database. Safe to call at any time. */
  close(): Promise<void>;
}

export interface Started {
  url: string;
  /** Of the listener that speaks TLS; null where there is none. */
  tlsPort: number | null;
  /** Of the listener for OpenTelemetry by gRPC; null where there is none. */
  grpcPort: number | null;
  adminKey: { path: string; isNew: boolean };
  status: Status;
}

export interface AppDeps {
  world: World;
  /** The data folder, held by this process. */
  home: Home;
  /** PostgreSQL, which may be rising already. */
  storage?: Storage;
  /** Of the installation: with its keys. This process's own data folder, unless it is one of several. */
  keysFolder?: string;
  /** What the config was read from; left out where nobody asks where a value was set. */
  configSources?: ConfigSources;
  /** The other processes that share the port. */
  peers?: Peers;
  /** Where vendors' and other secrets are looked up. */
  env: Record<string, string | undefined>;
  version: string;
  /** The built console. */
  consoleFolder: string;
  /** Takes one JSON line a call; left out where nobody wants them. */
  writeLogLine?: ((json: string) => void) | undefined;
}

/** Of all rooms, from the ground up. */
export const appMigrations: RoomMigrations[] = [
  vaultMigrations,
  ledgerMigrations,
  leasesMigrations,
  policyMigrations,
  auditMigrations,
  governanceMigrations,
  identityMigrations,
  approvalsMigrations,
  gatewayMigrations,
  batchesMigrations,
  alertsMigrations,
  telemetryMigrations,
  driftMigrations,
  viewsMigrations,
];

/** The record, and the vault that seals what people said in it. */
function createRecord(
  config: AppConfig,
  { world, home, keysFolder, env, peers = alone }: AppDeps,
  { storage, rewrapOthers }: { storage: Storage; rewrapOthers(): Promise<void> },
) {
  const vault = createVault(config.vault, {
    storage,
    world,
    secrets: { env, readFile: (path) => readFileSync(path, "utf8") },
    folder: home.path,
    keysFolder: keysFolder ?? home.path,
    clearText: (...asked) => ledger.clearText(...asked),
    onErased: () => ledger.forgetBodies(),
    rewrapOthers,
  });
  const held = async () => (await vault.standingHolds()).map(({ subject }) => subject);
  const ledger = createLedger(config.ledger, { storage, world, folder: home.path, peers, sealer: vault, held });
  return { vault, ledger };
}

/** An aide's: it takes no calls, and what happens by itself happens elsewhere. */
const NO_DOORS = { url: "", port: 0, tlsPort: null, grpcPort: null };
const GOVERNANCE_CHANGED = "governance changed";

/** Who may do what, how they prove who they are, and the trail of it. */
function createAuthorities(
  config: AppConfig,
  deps: AppDeps,
  { storage, leases, vault, ledger }: { storage: Storage; leases: Leases; vault: Vault; ledger: Ledger },
) {
  const { world, home, env, peers = alone } = deps;
  const { compareRecords } = ledger;
  const isHeld = async () => (await vault.standingHolds()).length > 0;
  const audit = createAudit(config.audit, { ...deps, storage, wrapper: vault.wrapper, compareRecords, isHeld });
  const breakGlassKey = (): string | undefined => governance.adminKeyId();
  const policies = createPolicies(config.policy, { world, storage, audit, breakGlassKey });
  const installationSecret = env["BINNACLE_SECRET"];
  const governance = createGovernance(config.governance, {
    storage,
    leases,
    policies,
    world,
    home: deps.keysFolder ?? home.path,
    installationSecret,
    audit,
    tellOthers: () => peers.ask(GOVERNANCE_CHANGED),
  });
  const identity = createIdentity(config.identity, {
    storage,
    world,
    governance,
    audit,
    ...identitySources(config, deps),
  });
  const machines = createMachines(config.identity, { world, storage, governance });
  peers.answer(GOVERNANCE_CHANGED, governance.catchUp);
  const approvals = approvalsIn(config, deps, { storage, governance, audit, vault });
  return { audit, policies, governance, identity, machines, approvals };
}

/** All rooms but the interfaces, from the ground up. */
function createRooms(config: AppConfig, deps: AppDeps) {
  const { world, home, env, peers = alone } = deps;
  const { storage = createStorage(config.storage, { world, home, processes: countProcesses(peers) }) } = deps;
  const { vault, ledger } = createRecord(config, deps, { storage, rewrapOthers: () => audit.wrapKeys() });
  const leases = leasesIn(config, deps, storage);
  const authorities = createAuthorities(config, deps, { storage, leases, vault, ledger });
  const { audit, governance, approvals } = authorities;
  const vendors = createReplaceable(vendorsIn(config, deps));
  const providers = vendors.face;
  // Looked up at each call: vendors and their prices are replaced by a reload.
  const telemetry = createTelemetry(config.telemetry, {
    world,
    storage,
    ledger,
    isBusy: () => gateway.load().in_flight > 0,
    peers,
    priceOf: (call) => providers.priceElsewhere(call),
  });
  const prompts = createPrompts(config.prompts);
  const embedder = createEmbedder(config.embedding, { world, ledger, providers });
  const guardrails = createGuarding(config.guardrails, { world, env, gateway: () => gateway });
  const gateway = createGateway(config.gateway, {
    world,
    embedder,
    storage,
    ledger,
    governance,
    providers,
    prompts,
    guardrails,
    approvals,
    currentProviders: vendors.current,
    audit,
    sealer: vault,
  });
  const batches = createBatches(config.batches, { storage, world, gateway, governance, sealer: vault });
  const executions = createAuditExecutions(config.audit.executions, { audit, ledger, storage, world });
  const responses = createResponses(config.responses, { world, ledger, gateway, peers });
  return {
    storage,
    vault,
    ledger,
    leases,
    ...authorities,
    executions,
    vendors,
    providers,
    telemetry,
    prompts,
    guardrails,
    embedder,
    gateway,
    batches,
    responses,
    views: createViews(config.views, storage),
  };
}

function identitySources({ governance }: AppConfig, { env }: AppDeps) {
  const secrets = { env, readFile: (path: string) => readFileSync(path, "utf8") };
  return { secrets, sessionLifetimeMs: governance.session_lifetime };
}

function vendorsIn(config: AppConfig, { world, env }: AppDeps): Providers {
  return createProviders(config.providers, { world, env, isOwn: isOwnAddress(config) });
}

function leasesIn(config: AppConfig, { world, home }: AppDeps, storage: Storage): Leases {
  const { isAvailable } = storage;
  return createLeases(config.leases, {
    world,
    isAvailable,
    bank: createBank(storage),
    book: openLeaseBook(home.path),
  });
}

function approvalsIn(
  config: AppConfig,
  { world, env }: AppDeps,
  { storage, governance, audit, vault }: { storage: Storage; governance: Governance; audit: Audit; vault: Vault },
): Approvals {
  const secrets = { env, readFile: (path: string) => readFileSync(path, "utf8") };
  const linkSecret = governance.secretFor("links of approvals");
  return createApprovals(config.approvals, { storage, world, secrets, linkSecret, audit, sealer: vault });
}

type Reloaded = Pick<ReturnType<typeof createRooms>, "vendors" | "prompts" | "guardrails" | "gateway" | "governance">;

/** Lets the rooms that a call goes through follow a changed config; calls under way end as they began. */
function createReload(
  first: AppConfig,
  { vendors, prompts, guardrails, gateway, governance }: Reloaded,
  deps: AppDeps,
): App["reload"] {
  let config = first;
  return async (next) => {
    const found = vendorsIn(next, deps);
    await found.start();
    guardrails.replace(next.guardrails);
    vendors.replace(found);
    prompts.replace(next.prompts);
    gateway.reload(next.gateway);
    governance.setCaps(next.governance);
    const left = leftForNextStart(config, next);
    config = next;
    return left;
  };
}

/** What holds once a config was reloaded that was started with another. */
function takenOver(first: AppConfig, { providers, prompts, guardrails, gateway, governance }: AppConfig): AppConfig {
  const { budgets, limits } = governance;
  return {
    ...first,
    providers,
    prompts,
    guardrails,
    gateway: { ...gateway, ...keptGatewayConfig(first.gateway) },
    governance: { ...first.governance, budgets, limits },
  };
}

/** Those that `reload` does not take over. */
function leftForNextStart(one: AppConfig, other: AppConfig): string[] {
  const shown = (config: AppConfig): Record<string, unknown> => ({
    ...config,
    providers: null,
    prompts: null,
    guardrails: null,
    gateway: keptGatewayConfig(config.gateway),
    governance: { ...config.governance, budgets: null, limits: null },
  });
  const [before, after] = [shown(one), shown(other)];
  return Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

export function createApp(config: AppConfig, deps: AppDeps): App {
  const { world, version, consoleFolder, peers = alone } = deps;
  const rooms = createRooms(config, deps);
  const { storage, ledger, leases, audit, executions, policies, governance } = rooms;
  const { identity, approvals, embedder, gateway, batches, responses } = rooms;
  const comparedUntil = config.drift.enabled ? () => drift.lookedUntil() : undefined;
  const observed = createObserved(config.observability, { ...deps, ...rooms, peers, comparedUntil });
  const drift = createDrift(config.drift, { ...rooms, world, source: ledger, note: observed.compared });
  const place = { version, started_at_ms: world.nowMs(), url: "", ready: false };
  const readStatus = (): OwnStatus => ({ ...place, ...stateOf(rooms, peers), boundary: observed.crossed() });

  const left = createSettleLeft(config, { ...deps, storage, peers });
  const asOne = createAsOne(peers, { ...observed, status: readStatus, targets: rooms.gateway.targets });
  const alerts = createAlerting(config, { ...deps, ...rooms, ...asOne, drift });
  const settings = createSettings(config, { ...deps, explain: explainAppConfig, takenOver });
  const http = createHttpServer({
    ...rooms,
    settings: settings.read,
    dryRunPolicies: createDryRun({ ...rooms, world, callsMax: config.policy.dry_run_calls_max }),
    drift,
    alerts,
    compliance: createComplying(config, { ...rooms, ...asOne, world, version, alerts }),
    config: config.interfaces,
    world,
    ...observed,
    ...asOne,
    isReady: () => place.ready,
    peers,
    consoleFolder,
  });
  const grpc = createGrpcServer(config.interfaces, { ...rooms, world, worker: peers.number });

  /** And sees to what happens by itself. */
  async function openDoors() {
    await gateway.start();
    await executions.start();
    const listening = await http.start();
    const grpcPort = (await grpc.start())?.port ?? null;
    batches.start();
    drift.start();
    alerts.start();
    return { ...listening, grpcPort };
  }

  return {
    async start() {
      const adminKey = await openRooms(rooms);
      observed.start();
      const { url, port, tlsPort, grpcPort } = peers.role === "aide" ? NO_DOORS : await openDoors();
      place.url = url;
      place.ready = true;
      await peers.start({ port, tlsPort, databaseUrl: storage.urlForOthers(), aideMayStart: left.start() });
      return { url, tlsPort, grpcPort, adminKey, status: await asOne.status() };
    },
    reload: settings.following(createReload(config, rooms, deps)),
    async close() {
      place.ready = false;
      const doors = [peers.close(), http.close(), grpc.close(), batches.close(), responses.close()];
      await Promise.all([...doors, alerts.close()]);
      await Promise.all([observed.close(), drift.close(), gateway.close()]);
      await Promise.all([embedder.close(), executions.close()]);
      await Promise.all([identity.close(), approvals.close()]);
      await Promise.all([ledger.close(), leases.close(), governance.close(), left.close(), audit.close()]);
      await rooms.vault.close();
      await policies.close();
      await storage.close();
    },
  };
}

/** What an aide needs, too. */
async function openRooms(rooms: ReturnType<typeof createRooms>) {
  const { storage, vault, ledger, leases, audit, providers, policies, governance, identity, approvals } = rooms;
  await Promise.all([storage.start(), providers.start(), policies.load()]);
  await storage.migrate(appMigrations);
  await vault.start();
  await Promise.all([ledger.start(), leases.start(), audit.start(), policies.start(), governance.start()]);
  await Promise.all([identity.start(), approvals.start()]);
  return governance.ensureAdminKey();
}

function stateOf(rooms: ReturnType<typeof createRooms>, { role }: Peers) {
  const { storage, ledger, governance, gateway, providers, telemetry } = rooms;
  return {
    runtime: `Bun ${Bun.version}`,
    pid: process.pid,
    database: storage.state(),
    ledger: ledger.state(),
    sums: ledger.sumsState(),
    directory: { revision: governance.revision() },
    calls: role === "aide" ? { in_flight: 0, max: 0, waiting: 0 } : gateway.load(),
    telemetry: telemetry.counts(),
    vendors: providers.vendors(),
    memory_rss_bytes: process.memoryUsage.rss(),
  };
}

// People point OPENAI_BASE_URL and OPENAI_API_KEY at Binnacle for their own programs, perhaps in the same shell.
function isOwnAddress({ interfaces }: AppConfig) {
  return ({ base_url, apiKey }: { base_url: string; apiKey: string | undefined }): boolean => {
    const { hostname, port } = new URL(base_url);
    const isHere = ["localhost", "127.0.0.1", "[::1]", interfaces.host].includes(hostname);
    return apiKey?.startsWith("bk_") === true || (isHere && Number(port) === interfaces.port);
  };
}
