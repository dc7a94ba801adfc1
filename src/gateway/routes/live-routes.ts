// All routes that calls can use: those of the config file, and those that were made by API in this process or another.
// A name of the file is the file's: a route of that name that was made by API waits until the file no longer has it.
import { explainProblems, nearestNames, type World } from "../../kernel/index.ts";
import { createFollower } from "../../storage/index.ts";
import { type Route, routeSchema } from "../routing/language/language.ts";
import type { LiveRoute } from "./live-route.ts";
import { approvedAmong, openGate, type RouteGate } from "./route-gate.ts";
import type { RouteStore, RouteVersion } from "./store.ts";

export interface LiveRoutes {
  /** Reads the routes that were made by API, and follows them from then on. Never throws: without them, the file's serve. */
  start(): Promise<void>;
  close(): Promise<void>;
  /** Other routes in the config file. */
  setConfigured(routes: Readonly<Record<string, Route>>): void;
  isConfigured(name: string): boolean;
  /** Those of the file first. */
  all(): readonly LiveRoute[];
  find(name: string): LiveRoute | undefined;
  /** Names that could have been meant. */
  nearest(name: string): string[];
  /** After a change by this process: back when it is in force here. */
  look(): Promise<void>;
  /** How old what is known here of changes may be; null where nothing was read yet. */
  staleMs(): number | null;
}

export interface LiveRoutesDeps {
  store: Pick<RouteStore, "newestRevision" | "standing" | "versions">;
  /** Before routes made by API whose versions must be approved. */
  gate?: RouteGate;
  world: Pick<World, "log" | "monotonicMs">;
  isAvailable(): boolean;
  intervalMs: number;
  onChange(): void;
}

export function createLiveRoutes(first: Readonly<Record<string, Route>>, deps: LiveRoutesDeps): LiveRoutes {
  const { store, gate = openGate, isAvailable, intervalMs, onChange } = deps;
  const { log, monotonicMs } = deps.world;
  let configured = first;
  let made: ReadonlyMap<string, LiveRoute> = new Map();
  let all = merge(configured, made);
  let seen: string | undefined;
  let heardAtMs: number | undefined;
  const follower = createFollower({ intervalMs, isAvailable, log, what: "the routes made by API" }, see);

  async function see(): Promise<void> {
    const askedAtMs = monotonicMs();
    const revision = await store.newestRevision();
    const newest = gate.isOpen ? String(revision) : `${revision} ${await gate.stamp()}`;
    if (newest !== seen) await read(newest);
    heardAtMs = askedAtMs;
  }

  async function read(newest: string): Promise<void> {
    const versions = await approvedAmong(await store.standing(), { gate, store });
    made = new Map(versions.flatMap((version) => readVersion(version)).map((live) => [live.name, live]));
    seen = newest;
    change();
  }

  /** What has not changed stays the same object. */
  function readVersion({ plan, ...version }: RouteVersion): LiveRoute[] {
    const { name, revision } = version;
    const known = made.get(name);
    if (known?.version?.revision === revision) return [known];
    const read = routeSchema.safeParse(plan);
    if (read.success) return [{ name, route: read.data, version }];
    // Written by a Binnacle that knows a newer language than this one.
    const problems = explainProblems(read.error, routeSchema);
    log.error({ route: name, revision, problems }, "a route made by API is not understood here");
    return [];
  }

  function change(): void {
    all = merge(configured, made);
    for (const name of made.keys())
      if (isConfigured(name)) log.warn({ route: name }, "the config file's route stands before the one made by API");
    onChange();
  }

  const isConfigured = (name: string): boolean => Object.hasOwn(configured, name);

  return {
    start: follower.start,
    close: follower.close,
    look: follower.look,
    staleMs: () => (heardAtMs === undefined ? null : monotonicMs() - heardAtMs),
    setConfigured(routes) {
      configured = routes;
      change();
    },
    isConfigured,
    all: () => [...all.values()],
    find: (name) => all.get(name),
    nearest: (name) => nearestNames(name, all.keys()),
  };
}

function merge(
  configured: Readonly<Record<string, Route>>,
  made: ReadonlyMap<string, LiveRoute>,
): ReadonlyMap<string, LiveRoute> {
  const all = new Map(Object.entries(configured).map(([name, route]): [string, LiveRoute] => [name, { name, route }]));
  for (const [name, live] of made) if (!all.has(name)) all.set(name, live);
  return all;
}
