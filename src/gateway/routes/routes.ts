// Routes as whoever runs the platform sees and changes them. A change is refused whole or made whole, says who made it, and
// can be taken back.
import { describeDifferences, isAppError, nearestNames, type World } from "../../kernel/index.ts";
import type { Storage } from "../../storage/index.ts";
import type { RouteChanged, RouteView, RouteVersionView } from "../contract.ts";
import { gatewayErrors } from "../errors.ts";
import type { Route } from "../routing/language/language.ts";
import { type CheckDeps, checkPlan } from "./check-plan.ts";
import type { ApiRoutesConfig } from "./config.ts";
import { viewOf } from "./live-route.ts";
import type { RouteBook } from "./route-book.ts";
import { describeConflict } from "./revisions.ts";
import type { ReadsInChange, RouteStore, RouteVersion } from "./store.ts";

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

/** All changes throw `gateway.route_in_config`, `gateway.route_changed`, `gateway.routes_full` and `gateway.routes_unavailable`. */
export interface ChangeWish {
  by: { keyId: string; keyName: string };
  /** The revision that it is a change of; 0 where there is to be none yet. */
  ifRevision?: number | undefined;
  /** Say what would be, and change nothing. */
  isDryRun?: boolean | undefined;
}

export interface RoutesDeps {
  store: RouteStore;
  book: RouteBook;
  storage: Pick<Storage, "isAvailable">;
  world: Pick<World, "nowMs" | "log">;
  providers: CheckDeps["providers"];
}

export function createRoutes(config: ApiRoutesConfig, deps: RoutesDeps): Routes {
  const { store, book, storage, world, providers } = deps;
  const { routes_max: routesMax, versions_max: versionsMax, plan_bytes_max: bytesMax } = config;

  async function withDatabase<T>(ask: () => Promise<T>): Promise<T> {
    if (!storage.isAvailable()) throw gatewayErrors.routes_unavailable({});
    try {
      return await ask();
    } catch (error) {
      if (isAppError(error)) throw error;
      world.log.warn({ err: error }, "the database failed at a change of routes");
      throw gatewayErrors.routes_unavailable({}, error);
    }
  }

  const unknown = (name: string) =>
    gatewayErrors.route_unknown({
      name,
      nearest: nearestNames(
        name,
        book.all().map((live) => live.name),
      ),
    });

  function refuseConfigured(name: string): void {
    if (book.isConfigured(name)) throw gatewayErrors.route_in_config({ name });
  }

  /** Gives what stood before, and the version that was written, if one was. */
  async function change(name: string, plan: Route | null, { by, ifRevision, isDryRun }: ChangeWish) {
    refuseConfigured(name);
    let before: RouteVersion | undefined;
    const decide = async (latest: RouteVersion | undefined, reads: ReadsInChange) => {
      before = latest?.plan === null ? undefined : latest;
      if (ifRevision !== undefined && ifRevision !== (before?.revision ?? 0))
        throw await describeConflict({ name, ifRevision, latest }, reads);
      if (plan === null && !before) throw unknown(name);
      if (!before && (await reads.countStanding()) >= routesMax) throw gatewayErrors.routes_full({ max: routesMax });
      return describeDifferences(before?.plan, plan ?? undefined).length > 0 ? plan : undefined;
    };
    const bounds = { routesMax, versionsMax };
    const written = await withDatabase(() => store.change({ name, by, decide, bounds, isDryRun }));
    if (written) await book.look();
    return { before, written };
  }

  async function putChecked(name: string, route: Route, wish: ChangeWish): Promise<RouteChanged> {
    const { before, written } = await change(name, route, wish);
    const version = written ?? before ?? { revision: 0, changedAtMs: world.nowMs(), ...wish.by };
    return {
      route: viewOf({ name, route, version }),
      revision_before: before?.revision ?? 0,
      changes: describeDifferences(before?.plan, route),
    };
  }

  return {
    list: () => book.all().map(viewOf),
    get(name) {
      const found = book.find(name);
      if (!found) throw unknown(name);
      return viewOf(found);
    },
    async put(name, plan, wish) {
      refuseConfigured(name);
      return putChecked(name, checkPlan(name, plan, { providers, bytesMax }), wish);
    },
    async remove(name, wish) {
      await change(name, null, wish);
    },
    async history(name, limit) {
      const versions = await withDatabase(() => store.versions(name, limit));
      if (versions.length > 0) return versions.map(versionViewOf);
      refuseConfigured(name);
      throw unknown(name);
    },
    async restore(name, revision, wish) {
      refuseConfigured(name);
      const version = await withDatabase(() => store.version(name, revision));
      if (!version || version.plan === null)
        throw gatewayErrors.revision_unknown({ name, revision, isDeletion: version !== undefined });
      return putChecked(name, checkPlan(name, version.plan, { providers, bytesMax }), wish);
    },
  };
}

function versionViewOf({ revision, plan, changedAtMs, keyId, keyName }: RouteVersion): RouteVersionView {
  return { revision, changed_at_ms: changedAtMs, changed_by: { key_id: keyId, key_name: keyName }, plan };
}
