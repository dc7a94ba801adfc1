// The control-plane API under /api/v1: each route of the contract, bound to the room that answers it.
import { OpenAPIHandler } from "@orpc/openapi/fetch";
import { implement, ORPCError } from "@orpc/server";
import type { CachePurge } from "../../gateway/contract.ts";
import type { CacheScope, ChangeWish, Gateway } from "../../gateway/index.ts";
import type { Governance, Principal } from "../../governance/index.ts";
import type { Scope } from "../../governance/contract.ts";
import { createGate, isAppError, toAppError, type World } from "../../kernel/index.ts";
import type { Ledger } from "../../ledger/index.ts";
import type { BoundaryHistory, BoundaryQuery, BoundaryView, ExportState } from "../../observability/contract.ts";
import type { CostBooks, Figures } from "../../observability/index.ts";
import type { ModelView } from "../../providers/contract.ts";
import type { Providers } from "../../providers/index.ts";
import type { Telemetry } from "../../telemetry/index.ts";
import type { Peers } from "../../workers/index.ts";
import type { InterfacesConfig } from "../config.ts";
import { apiContract, type Status } from "../contract.ts";
import { interfacesErrors } from "../errors.ts";
import { readCallDetail } from "./call-detail.ts";
import { readRecordDetail } from "./record-detail.ts";
import { createCallFeed } from "./call-feed.ts";
import { identify } from "./credential.ts";
import { explainRoute } from "./explain-route.ts";
import { liveCalls } from "./live-calls.ts";

export interface ControlPlaneDeps {
  config: InterfacesConfig;
  world: World;
  governance: Governance;
  ledger: Ledger;
  /** Who else listens on the port. */
  peers: Peers;
  gateway: Gateway;
  providers: Providers;
  /** Of all processes that share the port. */
  status(): Promise<Status>;
  /** Likewise. */
  boundary: BoundaryDoor;
  exports(): ExportState[];
  figures: Figures;
  costs: CostBooks;
  telemetry: Telemetry;
  /** Aborts when the server closes: then those who watch live are let go first. */
  closing: AbortSignal;
}

/** How soon each signal can be acted on, and was. */
export interface BoundaryDoor {
  state(): Promise<BoundaryView>;
  history(query: BoundaryQuery): Promise<BoundaryHistory>;
}

interface Context {
  request: Request;
}

/** Answers a request below /api/v1; undefined when no route of the contract fits. */
export function createControlPlane(deps: ControlPlaneDeps): (request: Request) => Promise<Response | undefined> {
  const handler = new OpenAPIHandler(createRouter(deps));
  return async (request) => {
    const { response } = await handler.handle(request, { prefix: "/api/v1", context: { request } });
    return response;
  };
}

/** Deny by default: a route is reached only through one of these. */
function createDoors({ world, governance }: Pick<ControlPlaneDeps, "world" | "governance">) {
  const base = implement(apiContract)
    .$context<Context>()
    .use(async ({ next }) => {
      try {
        return await next();
      } catch (error) {
        throw asApiError(error, world);
      }
    });
  const allow = (scope: Scope | undefined) =>
    base.use(async ({ context, next }) => {
      const principal: Principal = await identify(governance, context.request);
      if (scope) governance.require(principal, scope);
      return next({ context: { principal } });
    });
  return { base, anyone: allow(undefined), reader: allow("read"), admin: allow("admin"), caller: allow("call") };
}

type Doors = ReturnType<typeof createDoors>;

/** The same five for each kind. */
function entryHandlers(routes: Doors["admin"]["teams"], entries: Governance["teams"]) {
  return {
    list: routes.list.handler(({ input }) => entries.list(input)),
    get: routes.get.handler(({ input }) => entries.get(input.name)),
    create: routes.create.handler(({ input }) => entries.create(input)),
    update: routes.update.handler(({ input }) => entries.update(input)),
    delete: routes.delete.handler(({ input }) => entries.delete(input.name)),
  };
}

function routeHandlers({ reader, admin }: Doors, rooms: Pick<ControlPlaneDeps, "gateway" | "governance">) {
  const { routes } = rooms.gateway;
  return {
    list: reader.routes.list.handler(() => ({ routes: routes.list() })),
    get: reader.routes.get.handler(({ input }) => routes.get(input.name)),
    put: admin.routes.put.handler(({ input, context }) =>
      routes.put(input.name, input.plan, wishOf(input, context.principal)),
    ),
    delete: admin.routes.delete.handler(async ({ input: { params, query }, context }) => {
      await routes.remove(params.name, wishOf(query, context.principal));
      return { deleted: params.name };
    }),
    history: reader.routes.history.handler(async ({ input }) => ({
      versions: await routes.history(input.name, input.limit),
    })),
    restore: admin.routes.restore.handler(({ input, context }) =>
      routes.restore(input.name, input.revision, wishOf(input, context.principal)),
    ),
    explain: reader.routes.explain.handler(({ input, context }) => explainRoute(input, context.principal, rooms)),
  };
}

function telemetryHandlers({ reader }: Doors, { telemetry }: Pick<ControlPlaneDeps, "telemetry">) {
  return {
    list: reader.telemetry.list.handler(({ input }) => telemetry.metrics.list(input)),
    points: reader.telemetry.points.handler(({ input }) => telemetry.metrics.points(input)),
  };
}

function recordHandlers({ reader }: Doors, { records }: Ledger) {
  const found = <T>(value: T | undefined, what: string, id: string): T => {
    if (value === undefined) throw interfacesErrors.not_found({ what, id });
    return value;
  };
  return {
    records: {
      list: reader.records.list.handler(({ input }) => records.listRecords(input)),
      get: reader.records.get.handler(({ input }) => readRecordDetail(records, input.id)),
    },
    traces: {
      list: reader.traces.list.handler(({ input }) => records.listTraces(input)),
      get: reader.traces.get.handler(async ({ input }) => found(await records.readTrace(input), "trace", input.id)),
    },
    sessions: {
      list: reader.sessions.list.handler(({ input }) => records.listSessions(input)),
      get: reader.sessions.get.handler(async ({ input }) =>
        found(await records.readSession(input.id), "session", input.id),
      ),
    },
    activity: { users: reader.activity.users.handler(({ input }) => records.listActiveUsers(input)) },
  };
}

function figureHandlers({ reader }: Doors, { figures, costs }: Pick<ControlPlaneDeps, "figures" | "costs">) {
  return {
    figures: { series: reader.figures.series.handler(({ input }) => figures.series(input)) },
    costs: {
      list: reader.costs.list.handler(({ input }) => costs.list(input)),
      patterns: reader.costs.patterns.handler(({ input }) => costs.patterns(input)),
      forecast: reader.costs.forecast.handler(({ input }) => costs.forecast(input)),
    },
  };
}

/** A change of a route, as it was asked for. */
function wishOf(
  { if_revision: ifRevision, dry_run: isDryRun }: { if_revision?: number | undefined; dry_run?: boolean },
  by: Principal,
): ChangeWish {
  return { by, ifRevision, isDryRun };
}

function createRouter(deps: ControlPlaneDeps) {
  const { config, governance, ledger, gateway, providers, status, boundary, closing } = deps;
  const applying = governance.applying();
  const listeners = createGate(config.live_listeners_max);
  const feed = createCallFeed(ledger, deps.peers);
  const doors = createDoors(deps);
  const { base, anyone, reader, admin, caller } = doors;

  return base.router({
    status: reader.status.handler(() => status()),
    calls: {
      list: reader.calls.list.handler(({ input }) => ledger.listCalls(input)),
      get: reader.calls.get.handler(({ input }) => readCallDetail(ledger, input.id)),
      live: reader.calls.live.handler(async function* ({ signal }) {
        if (!listeners.tryEnter())
          throw interfacesErrors.too_many_listeners({ max: listeners.max, retryAfterMs: 5000 });
        try {
          yield* liveCalls(feed, signal ? AbortSignal.any([signal, closing]) : closing);
        } finally {
          listeners.leave();
        }
      }),
    },
    storage: reader.storage.handler(() => ledger.stored()),
    ...recordHandlers(doors, ledger),
    models: reader.models.handler(({ input }) => searchModels(gateway.models(), input)),
    vendors: reader.vendors.handler(() => ({ vendors: providers.vendors() })),
    vendorLimits: reader.vendorLimits.handler(() => ({ limits: gateway.vendorLimits() })),
    routes: routeHandlers(doors, deps),
    cache: {
      state: reader.cache.state.handler(() => gateway.cache.state()),
      purge: admin.cache.purge.handler(({ input: { model, ...scope } }) =>
        gateway.cache.purge({ ...(model !== undefined && { model }), scope: saidOf(scope) }),
      ),
      feedback: caller.cache.feedback.handler(async ({ input, context }) => ({
        counted: await gateway.cache.judge(input, context.principal),
      })),
    },
    keys: {
      list: admin.keys.list.handler(({ input }) => governance.keys.list(input)),
      create: admin.keys.create.handler(({ input }) => governance.keys.create(input)),
      update: admin.keys.update.handler(({ input }) => governance.keys.update(input)),
      revoke: admin.keys.revoke.handler(({ input }) => governance.keys.revoke(input.id)),
    },
    users: entryHandlers(admin.users, governance.users),
    teams: entryHandlers(admin.teams, governance.teams),
    projects: entryHandlers(admin.projects, governance.projects),
    apply: admin.apply.handler(({ input, context }) => applying.apply(input, context.principal)),
    export: admin.export.handler(() => applying.export()),
    budgets: reader.budgets.handler(({ input }) => governance.budgets(input)),
    boundary: {
      get: reader.boundary.get.handler(() => boundary.state()),
      history: reader.boundary.history.handler(({ input }) => boundary.history(input)),
    },
    exports: reader.exports.handler(() => ({ exports: deps.exports() })),
    telemetry: telemetryHandlers(doors, deps),
    ...figureHandlers(doors, deps),
    session: {
      get: anyone.session.get.handler(({ context }) => {
        const { keyId, keyName, scopes } = context.principal;
        return { key_id: keyId, key_name: keyName, scopes: [...scopes] };
      }),
    },
  });
}

/** Without what was left out. */
function saidOf(scope: Omit<CachePurge, "model">): CacheScope {
  return Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== undefined));
}

function searchModels(models: ModelView[], { search, limit }: { search?: string | undefined; limit: number }) {
  const wanted = search?.toLowerCase();
  const found = wanted === undefined ? models : models.filter((model) => model.id.toLowerCase().includes(wanted));
  return { models: found.slice(0, limit), total: found.length };
}

/** An AppError as the API tells it: code, status, message, and the fix beside it. oRPC's own errors stay what they are. */
function asApiError(thrown: unknown, world: World): unknown {
  if (thrown instanceof ORPCError) return thrown;
  const error = toAppError(thrown);
  if (!isAppError(thrown)) world.log.error({ err: thrown }, "a request to the control plane failed inside Binnacle");
  const retry_after_ms = error.retryAfterMs;
  return new ORPCError(error.code, {
    status: error.status,
    message: error.message,
    data: { fix: error.fix, ...(retry_after_ms === undefined ? {} : { retry_after_ms }) },
  });
}
