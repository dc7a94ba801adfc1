// The routes of a contract as a list: for tests that must hold for every one of them.

export interface ContractRoute {
  /** `keys.create` */
  name: string;
  method: string;
  path: string;
}

export function routesIn(contract: object, before: readonly string[] = []): ContractRoute[] {
  return Object.entries(contract).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value !== "object" || value === null) return [];
    const path = [...before, name];
    const route = routeOf(value);
    return route ? [{ name: path.join("."), ...route }] : routesIn(value, path);
  });
}

function routeOf(value: object): { method: string; path: string } | undefined {
  if (!("~orpc" in value)) return undefined;
  const { route } = value["~orpc"] as { route: { method?: string; path?: string } };
  return { method: route.method ?? "POST", path: route.path ?? "" };
}
