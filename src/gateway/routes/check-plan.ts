// Whether a plan that was sent may become a route: the same language as in the config, and targets that can be called.
import { explainProblems, nearestNames } from "../../kernel/index.ts";
import type { Providers } from "../../providers/index.ts";
import { gatewayErrors } from "../errors.ts";
import { type Route, routeSchema } from "../routing/language/language.ts";

export interface CheckDeps {
  providers: Pick<Providers, "resolve" | "vendor" | "vendors" | "modelNames">;
  bytesMax: number;
}

/** The plan with its defaults filled in. Throws `gateway.route_invalid` with every problem and its place. */
export function checkPlan(name: string, plan: unknown, { providers, bytesMax }: CheckDeps): Route {
  const bytes = Buffer.byteLength(JSON.stringify(plan));
  const tooLong = `(top): it is ${bytes} bytes long; gateway.api_routes.plan_bytes_max is ${bytesMax}`;
  if (bytes > bytesMax) throw gatewayErrors.route_invalid({ name, problems: [tooLong] });
  const read = routeSchema.safeParse(plan);
  const problems = read.success
    ? problemsIn(read.data, { path: "", key: "" }, providers)
    : explainProblems(read.error, routeSchema);
  if (read.success && problems.length === 0) return read.data;
  throw gatewayErrors.route_invalid({ name, problems });
}

/** Where a text is a target, `vendor/model`: in a plan, and beside one. */
const TARGET_KEYS: ReadonlySet<string> = new Set(["target", "targets", "shadow", "judge"]);
/** Where targets are to be looked for further in. All else, such as a condition, holds other people's words. */
const BRANCHES: ReadonlySet<string> = new Set([...TARGET_KEYS, "accept"]);

interface Place {
  path: string;
  /** Of the value itself, or of the list that it stands in. */
  key: string;
}

function problemsIn(value: unknown, { path, key }: Place, providers: CheckDeps["providers"]): string[] {
  if (typeof value === "string") {
    const why = TARGET_KEYS.has(key) ? whyUnknown(value, providers) : undefined;
    return why === undefined ? [] : [`${path}: ${why}`];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = { path: path === "" ? name : `${path}.${name}`, key: Array.isArray(value) ? key : name };
    return BRANCHES.has(at.key) ? problemsIn(inner, at, providers) : [];
  });
}

function whyUnknown(
  target: string,
  { resolve, vendor, vendors, modelNames }: CheckDeps["providers"],
): string | undefined {
  if (resolve(target)) return undefined;
  const name = target.slice(0, target.indexOf("/"));
  if (vendor(name)) return `${JSON.stringify(target)} is not offered there${didYouMean(target, modelNames())}`;
  const known = vendors().map((each) => each.name);
  return `no vendor ${JSON.stringify(name)} is configured${didYouMean(name, known) || `; configured: ${known.join(", ")}`}`;
}

function didYouMean(name: string, known: Iterable<string>): string {
  const [nearest] = nearestNames(name, known, 1);
  return nearest === undefined ? "" : `; did you mean ${JSON.stringify(nearest)}?`;
}
