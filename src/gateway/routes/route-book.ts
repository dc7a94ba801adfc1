// The book of routes: those that calls can use, in memory, and the changes of them, in the database.
import { type AuditWriter, unaudited } from "../../audit/index.ts";
import type { World } from "../../kernel/index.ts";
import type { Storage } from "../../storage/index.ts";
import type { GatewayConfig } from "../config.ts";
import { createLiveRoutes, type LiveRoutes } from "./live-routes.ts";
import { createRoutes, type Routes, type RoutesDeps } from "./routes.ts";
import { createRouteStore } from "./store.ts";

export interface RouteBook extends Pick<LiveRoutes, "start" | "close" | "setConfigured" | "all" | "staleMs"> {
  readonly routes: Routes;
}

export interface RouteBookDeps extends Pick<RoutesDeps, "providers"> {
  storage: Storage;
  world: RoutesDeps["world"] & Pick<World, "monotonicMs">;
  audit?: AuditWriter | undefined;
  /** There are other routes now. */
  onChange(): void;
}

export function createRouteBook(
  { routes: configured, api_routes: config }: Pick<GatewayConfig, "routes" | "api_routes">,
  { storage, world, providers, audit = unaudited, onChange }: RouteBookDeps,
): RouteBook {
  const store = createRouteStore(storage, audit);
  const { isAvailable } = storage;
  const live = createLiveRoutes(configured, { store, world, isAvailable, intervalMs: config.interval, onChange });
  return { ...live, routes: createRoutes(config, { store, live, isAvailable, world, providers }) };
}
