// A route that calls can use, and how it is shown.
import type { RouteView } from "../contract.ts";
import { compileRoute, targetsOf } from "../routing/language/compile-route.ts";
import type { Route } from "../routing/language/language.ts";
import type { RouteVersion } from "./store.ts";

export interface LiveRoute {
  name: string;
  route: Route;
  /** Of one that was made by API; one of the config file has none. */
  version?: Omit<RouteVersion, "name" | "plan"> | undefined;
}

export function viewOf({ name, route, version }: LiveRoute): RouteView {
  const { strategy, affinity } = route;
  return {
    name,
    source: version ? "api" : "config",
    strategy,
    affinity,
    targets: targetsOf(compileRoute(name, route).plan),
    plan: route,
    revision: version?.revision ?? null,
    changed_at_ms: version?.changedAtMs ?? null,
    changed_by: version ? { key_id: version.keyId, key_name: version.keyName } : null,
  };
}
