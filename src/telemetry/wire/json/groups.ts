// The outer layers of a request in JSON, which traces, logs and metrics have in common.
import { type Group, noResource, noScope } from "../group.ts";
import { beginTaking, type WireBounds } from "../taking.ts";
import type { WireResource, WireScope } from "../wire-span.ts";
import { attributesIn, type JsonObject, listIn, nameIn, objectIn } from "./values.ts";

/** How the layers are called: `resourceSpans`, `scopeSpans`, `spans`. */
export interface LayerNames {
  resources: string;
  scopes: string;
  items: string;
}

/** Undefined where this is not what it should be at all: another signal's, or no object. */
export function groupsIn(value: unknown, names: LayerNames, bounds: WireBounds): Group<unknown>[] | undefined {
  const request = objectIn(value);
  if (!request) return undefined;
  const resources = request[names.resources];
  // An empty request is a good one; one without the one field that counts is somebody's mistake.
  if (!Array.isArray(resources)) return Object.keys(request).length === 0 ? [] : undefined;
  return resources.flatMap((each) => {
    const layer = objectIn(each);
    return layer ? readResourceGroups(layer, names, bounds) : [];
  });
}

function readResourceGroups(layer: JsonObject, names: LayerNames, bounds: WireBounds): Group<unknown>[] {
  const taking = beginTaking(bounds);
  const resource: WireResource = {
    ...noResource,
    attributes: attributesIn(objectIn(layer["resource"])?.["attributes"], taking, "resource"),
    schemaUrl: nameIn(layer["schemaUrl"], taking, "resource.schema_url"),
  };
  return listIn(layer[names.scopes]).flatMap((each) => {
    const scopeLayer = objectIn(each);
    if (!scopeLayer) return [];
    const inScope = beginTaking(bounds);
    const said = objectIn(scopeLayer["scope"]) ?? {};
    const scope: WireScope = {
      ...noScope,
      name: nameIn(said["name"], inScope, "scope.name"),
      version: nameIn(said["version"], inScope, "scope.version"),
      attributes: attributesIn(said["attributes"], inScope, "scope"),
      schemaUrl: nameIn(scopeLayer["schemaUrl"], inScope, "scope.schema_url"),
    };
    return [{ resource, scope, items: listIn(scopeLayer[names.items]), cut: [...taking.cut, ...inScope.cut] }];
  });
}
