// One change of a route: to the revision that it was meant for, within the bounds, and in the database whole or not at all.
import { describeDifferences, type Log } from "../../kernel/index.ts";
import type { WithDatabase } from "../../storage/index.ts";
import { gatewayErrors } from "../errors.ts";
import type { Route } from "../routing/language/language.ts";
import type { ApiRoutesConfig } from "./config.ts";
import type { LiveRoutes } from "./live-routes.ts";
import type { ChangedBy } from "./route-gate.ts";
import { describeConflict } from "./revisions.ts";
import type { ReadsInChange, RouteStore, RouteVersion } from "./store.ts";

/** All changes throw `gateway.route_in_config`, `gateway.route_changed`, `gateway.routes_full` and `gateway.routes_unavailable`. */
export interface ChangeWish {
  by: ChangedBy;
  /** The revision that it is a change of; 0 where there is to be none yet. */
  ifRevision?: number | undefined;
  /** Say what would be, and change nothing. */
  isDryRun?: boolean | undefined;
}

export interface Changed {
  before: RouteVersion | undefined;
  /** Nothing where nothing was different, or it was only tried. */
  written: RouteVersion | undefined;
}

export interface ChangeDeps {
  store: RouteStore;
  live: LiveRoutes;
  log: Pick<Log, "info">;
  withDatabase: WithDatabase;
}

export type ChangeRoute = (name: string, plan: Route | null, wish: ChangeWish) => Promise<Changed>;

export function createChangeRoute(
  { routes_max: routesMax, versions_max: versionsMax }: ApiRoutesConfig,
  { store, live, log, withDatabase }: ChangeDeps,
): ChangeRoute {
  return async (name, plan, { by, ifRevision, isDryRun }) => {
    if (live.isConfigured(name)) throw gatewayErrors.route_in_config({ name });
    let before: RouteVersion | undefined;
    const decide = async (latest: RouteVersion | undefined, reads: ReadsInChange) => {
      before = latest?.plan === null ? undefined : latest;
      if (ifRevision !== undefined && ifRevision !== (before?.revision ?? 0))
        throw await describeConflict({ name, ifRevision, latest }, reads);
      if (plan === null && !before) throw gatewayErrors.route_unknown({ name, nearest: live.nearest(name) });
      if (!before && (await reads.countStanding()) >= routesMax) throw gatewayErrors.routes_full({ max: routesMax });
      return describeDifferences(before?.plan, plan ?? undefined).length > 0 ? plan : undefined;
    };
    const bounds = { routesMax, versionsMax };
    const { keyId, keyName } = by;
    const change = { name, by: { keyId, keyName }, decide };
    const written = await withDatabase(() => store.change({ ...change, bounds, isDryRun }));
    if (written) {
      const { revision } = written;
      log.info({ route: name, revision, key_id: by.keyId }, plan ? "a route was changed" : "a route was deleted");
      // In force here when the change is told; the others follow.
      await live.look();
    }
    return { before, written };
  };
}
