// What calls go through: routes, models, vendors, guardrails and the cache.
import type { CachePurge, TargetHealth } from "../../../gateway/contract.ts";
import type { CacheScope, ChangeWish, Gateway } from "../../../gateway/index.ts";
import type { Governance, Principal } from "../../../governance/index.ts";
import type { Guardrails } from "../../../guardrails/index.ts";
import type { Ledger } from "../../../ledger/index.ts";
import type { ModelView } from "../../../providers/contract.ts";
import type { Providers } from "../../../providers/index.ts";
import type { Doors } from "./doors.ts";
import { explainRoute } from "./explain-route.ts";
import { createScopeFor } from "./rights/seen-records.ts";

interface Rooms {
  gateway: Gateway;
  governance: Governance;
  providers: Providers;
  guardrails: Pick<Guardrails, "check" | "view">;
  ledger: Ledger;
  /** Of all processes that share the port. */
  targets(): Promise<TargetHealth[]>;
}

export function gatewayHandlers(doors: Doors, rooms: Rooms) {
  const { gateway, providers, guardrails } = rooms;
  const { rights } = rooms.governance;
  const scopeFor = createScopeFor(rooms);
  return {
    models: doors.models.handler(({ input, context: { principal, organisation } }) => {
      const seesAll = rights.allows(principal, { action: "read_status", on: "organisation", organisation });
      const models = gateway.models();
      const isShown = ({ id }: ModelView): boolean => rights.allowsModel(principal, id);
      return searchModels(seesAll && input.callable === "false" ? models : models.filter(isShown), input);
    }),
    vendors: doors.vendors.handler(() => ({ vendors: providers.vendors() })),
    vendorLimits: doors.vendorLimits.handler(() => ({ limits: gateway.vendorLimits() })),
    targets: doors.targets.handler(async () => ({ targets: await rooms.targets() })),
    routes: routeHandlers(doors, rooms),
    guardrails: {
      list: doors.guardrails.list.handler(() => guardrails.view()),
      findings: doors.guardrails.findings.handler(({ input, context }) =>
        rooms.ledger.guardrailFindings(input, scopeFor(input.filter, context)),
      ),
      check: doors.guardrails.check.handler(({ input }) => guardrails.check(input.text, input)),
    },
    cache: {
      state: doors.cache.state.handler(() => gateway.cache.state()),
      purge: doors.cache.purge.handler(({ input: { model, ...scope } }) =>
        gateway.cache.purge({ ...(model !== undefined && { model }), scope: saidOf(scope) }),
      ),
      feedback: doors.cache.feedback.handler(async ({ input, context }) => ({
        counted: await gateway.cache.judge(input, context.principal),
      })),
    },
  };
}

function routeHandlers(doors: Doors, rooms: Rooms) {
  const { routes } = rooms.gateway;
  return {
    list: doors.routes.list.handler(() => ({ routes: routes.list() })),
    get: doors.routes.get.handler(({ input }) => routes.get(input.name)),
    put: doors.routes.put.handler(({ input, context }) =>
      routes.put(input.name, input.plan, wishOf(input, context.principal)),
    ),
    delete: doors.routes.delete.handler(async ({ input: { params, query }, context }) => {
      await routes.remove(params.name, wishOf(query, context.principal));
      return { deleted: params.name };
    }),
    history: doors.routes.history.handler(async ({ input }) => ({
      versions: await routes.history(input.name, input.limit),
    })),
    restore: doors.routes.restore.handler(({ input, context }) =>
      routes.restore(input.name, input.revision, wishOf(input, context.principal)),
    ),
    explain: doors.routes.explain.handler(({ input, context }) => explainRoute(input, context.principal, rooms)),
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
