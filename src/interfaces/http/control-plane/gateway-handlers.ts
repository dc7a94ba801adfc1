// What calls go through: routes, models, vendors, guardrails and the cache.
import type { CachePurge } from "../../../gateway/contract.ts";
import type { CacheScope, ChangeWish, Gateway } from "../../../gateway/index.ts";
import type { Governance, Principal } from "../../../governance/index.ts";
import type { Guardrails } from "../../../guardrails/index.ts";
import type { ModelView } from "../../../providers/contract.ts";
import type { Providers } from "../../../providers/index.ts";
import type { Doors } from "./doors.ts";
import { explainRoute } from "./explain-route.ts";

interface Rooms {
  gateway: Gateway;
  governance: Governance;
  providers: Providers;
  guardrails: Pick<Guardrails, "check" | "view">;
}

export function gatewayHandlers(doors: Doors, rooms: Rooms) {
  const { reader, admin, caller } = doors;
  const { gateway, providers, guardrails } = rooms;
  return {
    models: reader.models.handler(({ input }) => searchModels(gateway.models(), input)),
    vendors: reader.vendors.handler(() => ({ vendors: providers.vendors() })),
    vendorLimits: reader.vendorLimits.handler(() => ({ limits: gateway.vendorLimits() })),
    routes: routeHandlers(doors, rooms),
    guardrails: {
      list: reader.guardrails.list.handler(() => guardrails.view()),
      check: caller.guardrails.check.handler(({ input }) => guardrails.check(input.text, input)),
    },
    cache: {
      state: reader.cache.state.handler(() => gateway.cache.state()),
      purge: admin.cache.purge.handler(({ input: { model, ...scope } }) =>
        gateway.cache.purge({ ...(model !== undefined && { model }), scope: saidOf(scope) }),
      ),
      feedback: caller.cache.feedback.handler(async ({ input, context }) => ({
        counted: await gateway.cache.judge(input, context.principal),
      })),
    },
  };
}

function routeHandlers({ reader, admin }: Doors, rooms: Rooms) {
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

/** A change of a route, as it was asked for. */
function wishOf(
  { if_revision: ifRevision, dry_run: isDryRun }: { if_revision?: number | undefined; dry_run?: boolean },
  by: Principal,
): ChangeWish {
  return { by, ifRevision, isDryRun };
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
