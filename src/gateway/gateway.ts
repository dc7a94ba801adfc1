// The face of the gateway.
import type { AuditWriter } from "../audit/index.ts";
import { type ContentSealer, isAppError, type World } from "../kernel/index.ts";
import type { Approvals } from "../approvals/index.ts";
import type { Embedder } from "../embedding/index.ts";
import type { Governance } from "../governance/index.ts";
import type { Guardrails } from "../guardrails/index.ts";
import type { Ledger } from "../ledger/index.ts";
import type { DialectName, Providers, Target } from "../providers/index.ts";
import type { Prompts } from "../prompts/index.ts";
import type { Storage } from "../storage/index.ts";
import type { ModelView } from "../providers/contract.ts";
import { createBoundedAgents } from "./autonomy/bounded-agents.ts";
import { type AnswerCache, createAnswerCache } from "./cache/index.ts";
import { type Answer, complete, type CompleteDeps } from "./complete.ts";
import { createShadows } from "./compound/index.ts";
import type { GatewayConfig } from "./config.ts";
import type { Explanation, TargetHealth, VendorLimit } from "./contract.ts";
import { createEmbeddingBatching } from "./embedding-batching/index.ts";
import { createHealth, type Health } from "./health/health.ts";
import { createProbes } from "./probes/probes.ts";
import { createHedging } from "./hedging/hedging.ts";
import type { IncomingCall } from "./incoming-call.ts";
import { type IncomingConnection, openConnection, type RealtimeConnection } from "./realtime/index.ts";
import { createPacing } from "./pacing/pacing.ts";
import { createQueue } from "./queue/queue.ts";
import { createRouteBook, type Routes } from "./routes/index.ts";
import { createAffinity } from "./routing/affinity.ts";
import { explainPlan } from "./routing/explain-plan.ts";
import { createPlanner, type Planner, type PlannerDeps } from "./routing/planner.ts";
import { type Spread, spreadCalls } from "./routing/foretell/spread-calls.ts";
import { createSemantics } from "./routing/semantic/semantics.ts";
import { createShaping } from "./shaping/index.ts";
import { createAskedCalls } from "./screening/asked-calls.ts";
import { createStopping, type Stopping } from "./switching/stopping.ts";
import { createSwitchedPlanner } from "./switching/switched-planner.ts";
import { createWatchkeeper } from "./watchkeeper.ts";

export type OwnTargetHealth = Omit<TargetHealth, "process">;

export interface Gateway {
  /** Begins to share what is kept with other processes, and to follow their changes. */
  start(): Promise<void>;
  close(): Promise<void>;
  /** Serves one call. Throws AppErrors; each is on the record when it happened after the call was opened. */
  complete(incoming: IncomingCall): Promise<Answer>;
  /** Opens a connection to a vendor's Realtime API. Throws AppErrors, all on record. */
  connect(incoming: IncomingConnection): Promise<RealtimeConnection>;
  /** What callers may write as `model`: routes first, then the vendors' models. */
  models(): ModelView[];
  /** The one of this name, which may also be a bare one that a vendor is known for; it keeps the name by which it was asked for. */
  model(name: string): ModelView | undefined;
  /** Whether requests in this vendor's own words can be sent on. */
  hasVendor(name: string): boolean;
  /** Whether who answers under this name speaks a dialect, so that nothing need be translated; undefined where no model has it. */
  speaks(model: string, dialect: DialectName): boolean | undefined;
  /** The first vendor that speaks it. */
  vendorSpeaking(dialect: DialectName): string | undefined;
  readonly routes: Routes;
  /** How old what this process knows of changed routes may be; null before the start. */
  routesStaleMs(): number | null;
  /** What would be tried for a call, and why. Nobody is called, and it leaves no trace. Throws as planning does. */
  explain(
    call: Pick<IncomingCall, "principal" | "request" | "trace" | "header">,
  ): Promise<Omit<Explanation, "distribution">>;
  /** Where so many calls like it would go. */
  spread(call: Pick<IncomingCall, "principal" | "request" | "trace" | "header">, times: number): Promise<Spread>;
  readonly cache: Pick<AnswerCache, "state" | "purge" | "judge">;
  /** Takes over what may change while it runs; calls under way end as they began. */
  reload(config: GatewayConfig): void;
  /** What was learnt of vendors' own limits; empty where `health.adaptive` is off. */
  vendorLimits(): VendorLimit[];
  /** How targets of routes, and others that were called, are doing in this process. */
  targets(): OwnTargetHealth[];
  load(): { in_flight: number; max: number; waiting: number };
}

export interface GatewayDeps {
  world: World;
  /** Of texts, for what compares them. */
  embedder: Embedder;
  ledger: Ledger;
  governance: Governance;
  providers: Providers;
  /** What stands behind them now: a call keeps to the prices, and so to the hold, that it began with. */
  currentProviders(): Providers;
  prompts: Prompts;
  /** Left out where there are none. */
  guardrails?: Pick<Guardrails, "forCall" | "asksOfAnswers"> | undefined;
  storage: Storage;
  audit?: AuditWriter | undefined;
  /** Of answers that are kept; left out where they lie as they are. */
  sealer?: ContentSealer | undefined;
  /** The gate before versions that must be approved, and what agents may not do by themselves. */
  approvals: Pick<Approvals, "gate" | "held" | "agree" | "wait" | "waitMs">;
}

export function createGateway(first: GatewayConfig, deps: GatewayDeps): Gateway {
  const stopping = createStopping(deps.governance.switches, (name) => book.all().some((each) => each.name === name));
  const cache = createAnswerCache(first.cache, { ...deps, stopping });
  const queue = createQueue(first, deps.world);
  const health = createHealth(first.health, deps.world);
  const routing = createRouting(first, { ...deps, stopping, stateOf: health.stateOf });
  const routedBy = (config: GatewayConfig) =>
    routing.by(config, Object.fromEntries(book.all().map(({ name, route }) => [name, route])));
  const onChange = (): void => void (live = { ...live, ...routedBy(live.config) });
  const book = createRouteBook(first, { ...deps, ...deps.approvals, onChange });
  const shadows = createShadows({
    ...deps,
    queue,
    live: () => ({ planner: live.planner, inFlightMax: live.config.shadows_in_flight_max }),
    complete: (incoming, changes) => complete({ ...live, ...changes }, incoming),
  });
  let live: CompleteDeps = {
    ...deps,
    providers: deps.currentProviders(),
    config: first,
    cache,
    shadows,
    queue,
    watchkeeper: createWatchkeeper(deps.world, stopping),
    health,
    ...routedBy(first),
    batching: createEmbeddingBatching(first.embedding_batching, deps),
    pacing: createPacing(first.health, deps.world),
    semantics: routing.semantics,
    hedging: createHedging({ ...first.health, config: first.hedging }, deps.world),
  };
  const asked = createAskedCalls((incoming) => complete(live, incoming), deps);
  const serve = createBoundedAgents(asked, { ...deps, ...deps.approvals });
  const targets = () => targetsBehind(book.routes, deps.providers);
  const probes = createProbes(first.health.probes, { ...deps, health, targets, complete: serve });
  const models = (): ModelView[] => [...routeViews(book.routes, deps.providers), ...deps.providers.models()];
  return {
    async start() {
      cache.start();
      await book.start();
      routing.semantics.start();
      probes.start();
    },
    async close() {
      await Promise.all([probes.close(), shadows.close()]);
      routing.semantics.close();
      await Promise.all([cache.close(), book.close()]);
    },
    reload(config) {
      const batching = createEmbeddingBatching(config.embedding_batching, deps);
      live = { ...live, config, batching, providers: deps.currentProviders() };
      book.setConfigured(config.routes);
    },
    cache,
    complete: serve,
    connect: (incoming) => openConnection(live, incoming),
    models,
    model: (name) => findModel(name, models(), deps.providers),
    hasVendor: (name) => deps.providers.vendor(name) !== undefined,
    speaks: (model, dialect) => speaksTo(live.planner, model, dialect),
    vendorSpeaking: (dialect) => deps.providers.vendors().find(({ dialects }) => dialects.includes(dialect))?.name,
    routes: book.routes,
    routesStaleMs: book.staleMs,
    explain: (call) => explainPlan(live, live.shaping.shape(call), deps.world.nowMs()),
    spread: (call, times) => spreadCalls(live, { call: live.shaping.shape(call), times }, deps.world),
    load: queue.load,
    vendorLimits: () => live.pacing.view(),
    targets: () => viewTargets(health, { routes: book.routes, providers: deps.providers }),
  };
}

/** Who answers under each name. Where conversations are, and what examples mean, outlives a change of routes. */
function createRouting(
  first: GatewayConfig,
  deps: GatewayDeps & Pick<PlannerDeps, "stateOf"> & { stopping: Stopping },
) {
  const affinity = createAffinity(first.routing, deps.world);
  const semantics = createSemantics(deps);
  return {
    semantics,
    by(config: GatewayConfig, routes: GatewayConfig["routes"]) {
      semantics.follow(routes);
      const planner = createPlanner({ ...config, routes, routing: first.routing }, { ...deps, affinity });
      return {
        planner: createSwitchedPlanner(planner, deps.stopping),
        shaping: createShaping({ routes }, deps),
      };
    },
  };
}

function findModel(name: string, known: readonly ModelView[], { resolve }: Providers): ModelView | undefined {
  const named = (id: string | undefined) => known.find((model) => model.id === id);
  const found = named(name) ?? named(resolve(name)?.id);
  return found && { ...found, id: name };
}

function speaksTo(planner: Planner, model: string, dialect: DialectName): boolean | undefined {
  try {
    const { attempts, route } = planner.foresee(model, {});
    // Who comes first may depend on the call, which is not here.
    const isFixed = route.strategy === "order" || route.strategy === "direct";
    return (isFixed ? attempts.slice(0, 1) : attempts).every(({ target }) =>
      target.vendor.dialectsOf(target.model).includes(dialect),
    );
  } catch (error) {
    // The call itself is refused for that, and on record.
    if (isAppError(error)) return undefined;
    throw error;
  }
}

/** Those of routes first. */
function viewTargets(
  health: Health,
  { routes, providers }: { routes: Routes; providers: Providers },
): OwnTargetHealth[] {
  const called = health.known().flatMap((name) => providers.resolve(name) ?? []);
  const all = new Map([...targetsBehind(routes, providers), ...called].map((target) => [target.id, target]));
  return [...all.values()].map((target) => {
    const { id, vendor, model } = target;
    return { target: id, vendor: vendor.name, model, ...health.view(target) };
  });
}

/** Of all routes, each once. */
function targetsBehind(routes: Routes, providers: Providers): Target[] {
  const names = new Set(routes.list().flatMap(({ targets }) => targets));
  return [...names].flatMap((name) => providers.resolve(name) ?? []);
}

function routeViews(routes: Routes, providers: Providers): ModelView[] {
  return routes.list().map(({ name: id, targets }) => {
    const first = providers.models().find((model) => model.id === targets[0]);
    return {
      id,
      vendor: null,
      kind: "route",
      targets,
      priced: first?.priced ?? false,
      input_usd_per_million: first?.input_usd_per_million ?? null,
      output_usd_per_million: first?.output_usd_per_million ?? null,
      context_tokens: first?.context_tokens ?? null,
      output_tokens_max: first?.output_tokens_max ?? null,
      capabilities: first?.capabilities ?? [],
    };
  });
}
