// Where targets run and which data they may have, as far as routes and vendors' settings say.
import type { RouteView } from "../../gateway/contract.ts";
import type { ProvidersConfig } from "../../providers/index.ts";
import type { PlaceFact } from "../sources.ts";

interface Place {
  regions: Set<string>;
  data_classes: Set<string>;
}

/**
 * By `route at vendor` what the route says; by target and by vendor where they run, as data classes are of a route alone.
 */
export function placesIn(
  routes: readonly Pick<RouteView, "name" | "plan">[],
  { vendors }: Pick<ProvidersConfig, "vendors">,
): ReadonlyMap<string, PlaceFact> {
  const places = new Map<string, Place>();
  const note: Note = (name, region, dataClasses) => {
    const place = places.get(name) ?? { regions: new Set(), data_classes: new Set() };
    if (typeof region === "string") place.regions.add(region);
    for (const each of Array.isArray(dataClasses) ? dataClasses : [])
      if (typeof each === "string") place.data_classes.add(each);
    places.set(name, place);
  };
  for (const { name, plan } of routes) notePlan(name, plan, note);
  for (const [name, { region }] of Object.entries(vendors)) note(name, region, []);
  return new Map(
    [...places].map(([name, place]) => [
      name,
      { regions: [...place.regions].sort(), data_classes: [...place.data_classes].sort() },
    ]),
  );
}

type Note = (name: string, region: unknown, dataClasses: unknown) => void;

/** Plans nest; wherever a target is named, what is said of it stands beside. */
function notePlan(route: string, plan: unknown, note: Note): void {
  if (Array.isArray(plan)) for (const each of plan) notePlan(route, each, note);
  if (typeof plan !== "object" || plan === null || Array.isArray(plan)) return;
  const { target, region, data_classes: dataClasses }: Record<string, unknown> = { ...plan };
  if (typeof target === "string") {
    note(target, region, []);
    note(`${route} at ${target.split("/")[0] ?? ""}`, region, dataClasses);
  }
  for (const each of Object.values(plan)) notePlan(route, each, note);
}
