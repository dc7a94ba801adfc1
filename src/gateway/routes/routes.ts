// Routes as whoever runs the platform sees and changes them. A change is refused whole or made whole, says who made it, and
// can be taken back.
import { describeDifferences, type World } from "../../kernel/index.ts";
import { createWithDatabase } from "../../storage/index.ts";
import type { RouteChanged, RouteVersionView, RouteView } from "../contract.ts";
import { gatewayErrors } from "../errors.ts";
import { type ChangeWish, createChangeRoute } from "./change-route.ts";
import { type CheckDeps, checkPlan } from "./check-plan.ts";
import type { ApiRoutesConfig } from "./config.ts";
import { viewOf } from "./live-route.ts";
import type { LiveRoutes } from "./live-routes.ts";
import { type RouteGate, submit } from "./route-gate.ts";
import type { RouteStore, RouteVersion } from "./store.ts";

export type { ChangeWish } from "./change-route.ts";

export interface Routes {
  list(): RouteView[];
  /** Throws `gateway.route_unknown`. */
  get(name: string): RouteView;
  /** Makes or changes one. Throws `gateway.route_invalid`, and what all changes throw. */
  put(name: string, plan: unknown, wish: ChangeWish): Promise<RouteChanged>;
  /** Throws `gateway.route_unknown`, and what all changes throw. */
  remove(name: string, wish: ChangeWish): Promise<void>;
  /** Newest first, of routes that were deleted too. Throws `gateway.route_unknown` and `gateway.routes_unavailable`. */
  history(name: string, limit: number): Promise<RouteVersionView[]>;
  /** Puts an earlier version again. Throws `gateway.revision_unknown`, and what `put` throws. */
  restore(name: string, revision: number, wish: ChangeWish): Promise<RouteChanged>;
}

export interface RoutesDeps {
  store: RouteStore;
  live: LiveRoutes;
  isAvailable(): boolean;
  world: Pick<World, "nowMs" | "log">;
  providers: CheckDeps["providers"];
  gate: RouteGate;
}

export function createRoutes(config: ApiRoutesConfig, deps: RoutesDeps): Routes {
  const { store, live, isAvailable, world, providers, gate } = deps;
  const withDatabase = createWithDatabase(isAvailable, gatewayErrors.routes_unavailable);
  const change = createChangeRoute(config, { store, live, log: world.log, withDatabase });
  const unknown = (name: string) => gatewayErrors.route_unknown({ name, nearest: live.nearest(name) });

  async function put(name: string, plan: unknown, wish: ChangeWish): Promise<RouteChanged> {
    const route = checkPlan(name, plan, { providers, bytesMax: config.plan_bytes_max });
    const { before, written } = await change(name, route, wish);
    const version = written ?? before ?? { revision: 0, changedAtMs: world.nowMs(), ...wish.by };
    const approvalId = wish.isDryRun ? null : await withDatabase(() => submit(gate, { name, plan: route }, wish.by));
    return {
      route: viewOf({ name, route, version }),
      approval_id: approvalId,
      revision_before: before?.revision ?? 0,
      changes: describeDifferences(before?.plan, route),
    };
  }

  return {
    list: () => live.all().map(viewOf),
    get(name) {
      const found = live.find(name);
      if (!found) throw unknown(name);
      return viewOf(found);
    },
    put,
    async remove(name, wish) {
      await change(name, null, wish);
    },
    async history(name, limit) {
      const versions = await withDatabase(() => store.versions(name, limit));
      if (versions.length > 0) return versions.map(versionViewOf);
      throw live.isConfigured(name) ? gatewayErrors.route_in_config({ name }) : unknown(name);
    },
    async restore(name, revision, wish) {
      if (live.isConfigured(name)) throw gatewayErrors.route_in_config({ name });
      const version = await withDatabase(() => store.version(name, revision));
      if (version && version.plan !== null) return put(name, version.plan, wish);
      throw gatewayErrors.revision_unknown({ name, revision, isDeletion: version !== undefined });
    },
  };
}

function versionViewOf({ revision, plan, changedAtMs, keyId, keyName }: RouteVersion): RouteVersionView {
  return { revision, changed_at_ms: changedAtMs, changed_by: { key_id: keyId, key_name: keyName }, plan };
}
