// The control-plane API under /api/v1: each route of the contract, bound to the room that answers it.
import { OpenAPIHandler } from "@orpc/openapi/fetch";
import type { CachePurge } from "../../gateway/contract.ts";
import type { CacheScope, Gateway } from "../../gateway/index.ts";
import type { Governance } from "../../governance/index.ts";
import { createGate, type World } from "../../kernel/index.ts";
import type { Ledger } from "../../ledger/index.ts";
import type { ModelView } from "../../providers/contract.ts";
import type { Providers } from "../../providers/index.ts";
import type { InterfacesConfig } from "../config.ts";
import type { Status } from "../contract.ts";
import { interfacesErrors } from "../errors.ts";
import { createAccess } from "./access.ts";
import { readCallDetail } from "./call-detail.ts";
import { liveCalls } from "./live-calls.ts";
import { routeHandlers } from "./routes/route-handlers.ts";

export interface ControlPlaneDeps {
  config: InterfacesConfig;
  world: World;
  governance: Governance;
  ledger: Ledger;
  gateway: Gateway;
  providers: Providers;
  status(): Status;
  /** Aborts when the server closes: then those who watch live are let go first. */
  closing: AbortSignal;
}

/** Answers a request below /api/v1; undefined when no route of the contract fits. */
export function createControlPlane(deps: ControlPlaneDeps): (request: Request) => Promise<Response | undefined> {
  const handler = new OpenAPIHandler(createRouter(deps));
  return async (request) => {
    const { response } = await handler.handle(request, { prefix: "/api/v1", context: { request } });
    return response;
  };
}

function createRouter({ config, world, governance, ledger, gateway, providers, status, closing }: ControlPlaneDeps) {
  const listeners = createGate(config.live_listeners_max);
  const access = createAccess(governance, world);
  const { base, anyone, reader, admin } = access;

  return base.router({
    status: reader.status.handler(() => status()),
    calls: {
      list: reader.calls.list.handler(({ input }) => ledger.listCalls(input)),
      get: reader.calls.get.handler(({ input }) => readCallDetail(ledger, input.id)),
      live: reader.calls.live.handler(async function* ({ signal }) {
        if (!listeners.tryEnter())
          throw interfacesErrors.too_many_listeners({ max: listeners.max, retryAfterMs: 5000 });
        try {
          yield* liveCalls(ledger, signal ? AbortSignal.any([signal, closing]) : closing);
        } finally {
          listeners.leave();
        }
      }),
    },
    models: reader.models.handler(({ input }) => searchModels(gateway.models(), input)),
    vendors: reader.vendors.handler(() => ({ vendors: providers.vendors() })),
    routes: routeHandlers(access, { gateway, governance }),
    cache: {
      state: reader.cache.state.handler(() => gateway.cache.state()),
      purge: admin.cache.purge.handler(({ input: { model, ...scope } }) =>
        gateway.cache.purge({ ...(model !== undefined && { model }), scope: saidOf(scope) }),
      ),
    },
    keys: {
      list: admin.keys.list.handler(({ input }) => governance.keys.list(input)),
      create: admin.keys.create.handler(({ input }) => governance.keys.create(input)),
      revoke: admin.keys.revoke.handler(({ input }) => governance.keys.revoke(input.id)),
    },
    budgets: reader.budgets.handler(({ input }) => governance.budgets(input)),
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
