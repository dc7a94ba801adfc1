// A Binnacle whose routes have vendors of their own each, every one of which can be brought into trouble.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { DrillContext } from "../drill.ts";
import { createInstallation, type RunningBinnacle } from "../installation/binnacle.ts";
import { type FaultyVendor, startFaultyVendor } from "./faulty-vendor.ts";
import { routeOver, type Setting } from "./settings.ts";

export interface Fleet {
  running: RunningBinnacle;
  /** In the order of the route. */
  vendorsOf(route: string): readonly FaultyVendor[];
}

const VENDORS = 2;

/** In a folder of its own, named after the setting. */
export async function startFleet(
  context: DrillContext,
  setting: Setting,
  routeNames: readonly string[],
): Promise<Fleet> {
  const vendors = new Map(
    routeNames.map((name) => [name, Array.from({ length: VENDORS }, () => startFaultyVendor(context))]),
  );
  const vendorsOf = (name: string): readonly FaultyVendor[] => vendors.get(name) ?? [];
  const parts = routeNames.map((name) => ({ name, ...routeOver(name, vendorsOf(name), setting) }));
  const config = {
    gateway: { ...setting.gateway, routes: Object.fromEntries(parts.map(({ name, route }) => [name, route])) },
    providers: { vendors: Object.assign({}, ...parts.map((part) => part.vendors)) },
  };
  const folder = join(context.folder, setting.name);
  mkdirSync(folder, { mode: 0o711 });
  const env = { DRILL_KEY: "sk-drill" };
  return { running: await createInstallation({ ...context, folder }, { config, env }).start(), vendorsOf };
}
