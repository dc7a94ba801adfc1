// The one table of who may do what over the control plane: each route of the contract, with the action that policies are asked for and
// what it is done to. A route that is not in it does not start (doors.ts).
import type { AnyContractRouter } from "@orpc/contract";
import type { ActionName } from "../../../../policy/index.ts";
import type { ApiContract } from "../../../contract.ts";

/**
 * What an action is done to: the whole installation, which is its own organisation's alone; an organisation; the one that the
 * request names by `name`; records of an organisation, as many as somebody sees; or nothing but one's own credential.
 */
export interface RouteAction {
  action: ActionName;
  on: "installation" | "organisation" | "named" | "records" | "model";
  /** Asked beside the first: all must be allowed. */
  also?: readonly ActionName[];
  /** In the place of all that: whoever may call models may ask it about their own organisation, and is told less. */
  orCallers?: true;
}

/** Whoever is known may ask who they are. */
export const WHO_AM_I = "who_am_i";

type PathsOf<Node> = {
  [Key in keyof Node & string]: Node[Key] extends { "~orpc": unknown } ? Key : `${Key}.${PathsOf<Node[Key]>}`;
}[keyof Node & string];
export type RoutePath = PathsOf<ApiContract>;

const installation = (action: ActionName): RouteAction => ({ action, on: "installation" });
const organisation = (action: ActionName): RouteAction => ({ action, on: "organisation" });
const records = (action: ActionName): RouteAction => ({ action, on: "records" });

const entryRoutes = <Kind extends string>(kind: Kind) =>
  ({
    [`${kind}.list`]: organisation("read_directory"),
    [`${kind}.get`]: organisation("read_directory"),
    [`${kind}.create`]: organisation("change_directory"),
    [`${kind}.update`]: organisation("change_directory"),
    [`${kind}.delete`]: organisation("change_directory"),
  }) as Record<`${Kind}.${"list" | "get" | "create" | "update" | "delete"}`, RouteAction>;

export const routeActions: Readonly<Record<RoutePath, RouteAction | typeof WHO_AM_I>> = {
  status: installation("read_status"),
  storage: installation("read_status"),
  config: installation("read_config"),
  "calls.list": records("read_records"),
  "calls.live": records("read_records"),
  "calls.get": records("read_records"),
  "records.list": records("read_records"),
  "records.get": records("read_records"),
  "records.scores.list": records("read_records"),
  "records.scores.create": records("change_records"),
  "records.scores.delete": records("change_records"),
  "traces.list": records("read_records"),
  "traces.get": records("read_records"),
  "sessions.list": records("read_records"),
  "sessions.get": records("read_records"),
  "activity.users": records("read_records"),
  // Callers alone see those that they may call.
  models: { ...organisation("read_status"), orCallers: true },
  vendors: installation("read_status"),
  vendorLimits: installation("read_status"),
  targets: installation("read_status"),
  "routes.list": installation("read_config"),
  "routes.get": installation("read_config"),
  "routes.history": installation("read_config"),
  "routes.explain": installation("read_config"),
  "routes.put": installation("change_routes"),
  "routes.delete": installation("change_routes"),
  "routes.restore": installation("change_routes"),
  "guardrails.list": installation("read_config"),
  "guardrails.findings": records("read_records"),
  "guardrails.check": { action: "call", on: "model" },
  "cache.state": installation("read_figures"),
  "cache.purge": installation("change_config"),
  "cache.feedback": { action: "call", on: "model" },
  "keys.list": organisation("read_keys"),
  "keys.create": organisation("change_keys"),
  "keys.update": organisation("change_keys"),
  "keys.rotate": organisation("change_keys"),
  "keys.revoke": organisation("change_keys"),
  "organisations.list": installation("read_directory"),
  "organisations.get": { action: "read_directory", on: "named" },
  "organisations.create": installation("manage_organisations"),
  "organisations.update": installation("manage_organisations"),
  "organisations.delete": installation("manage_organisations"),
  ...entryRoutes("users"),
  ...entryRoutes("teams"),
  ...entryRoutes("projects"),
  apply: { action: "change_keys", on: "organisation", also: ["change_directory"] },
  export: { action: "read_keys", on: "organisation", also: ["read_directory"] },
  budgets: records("read_figures"),
  "alerts.list": installation("read_figures"),
  "alerts.get": installation("read_figures"),
  "alerts.history": installation("read_figures"),
  "alerts.rules.list": installation("read_figures"),
  "alerts.rules.get": installation("read_figures"),
  "alerts.rules.put": installation("change_alerts"),
  "alerts.rules.delete": installation("change_alerts"),
  "alerts.silences.list": installation("read_figures"),
  "alerts.silences.create": installation("change_alerts"),
  "alerts.silences.delete": installation("change_alerts"),
  "alerts.deliveries.list": installation("read_figures"),
  "alerts.deliveries.retry": installation("change_alerts"),
  "alerts.channels.list": installation("read_figures"),
  "alerts.channels.test": installation("change_alerts"),
  "slos.list": installation("read_figures"),
  "slos.get": installation("read_figures"),
  "slos.put": installation("change_alerts"),
  "slos.delete": installation("change_alerts"),
  "boundary.get": installation("read_figures"),
  "boundary.history": installation("read_figures"),
  exports: installation("read_status"),
  "figures.series": records("read_figures"),
  "costs.list": records("read_figures"),
  "costs.forecast": records("read_figures"),
  // Templates of prompts are texts.
  "costs.patterns": records("read_bodies"),
  "telemetry.list": installation("read_figures"),
  "telemetry.points": installation("read_figures"),
  "drift.state": installation("read_figures"),
  "drift.findings": installation("read_figures"),
  "drift.finding": installation("read_figures"),
  "drift.baselines.list": installation("read_figures"),
  "drift.baselines.put": installation("change_alerts"),
  "drift.baselines.delete": installation("change_alerts"),
  "policies.list": installation("read_policies"),
  "policies.active": installation("read_policies"),
  "policies.get": installation("read_policies"),
  "policies.propose": installation("propose_policies"),
  "policies.submit": installation("propose_policies"),
  "policies.test": installation("propose_policies"),
  "policies.dryRun": installation("propose_policies"),
  "policies.approve": installation("change_policies"),
  "policies.activate": installation("change_policies"),
  "policies.rollBack": installation("change_policies"),
  "vault.get": installation("read_audit"),
  "vault.erasures": installation("read_audit"),
  "vault.holds": installation("read_audit"),
  "vault.rotate": installation("change_retention"),
  "vault.hold": installation("change_retention"),
  "vault.lift": installation("change_retention"),
  "vault.erase": installation("erase_data"),
  // A report has something of everything that whoever reads the trail may read.
  "compliance.frameworks": installation("read_audit"),
  "compliance.report": installation("read_audit"),
  "compliance.evidence": installation("read_audit"),
  "audit.state": installation("read_audit"),
  "audit.list": installation("read_audit"),
  "audit.show": installation("read_audit"),
  "audit.proof": installation("read_audit"),
  "audit.consistency": installation("read_audit"),
  "audit.verify": installation("read_audit"),
  "audit.newOrigin": installation("change_policies"),
  "audit.rotateKey": installation("change_policies"),
  "audit.erase": installation("erase_data"),
  "switches.list": installation("read_status"),
  "switches.throw": installation("operate_switches"),
  "switches.lift": installation("operate_switches"),
  "approvals.list": organisation("read_approvals"),
  "approvals.counts": organisation("read_approvals"),
  "approvals.get": organisation("read_approvals"),
  "approvals.ask": { action: "call", on: "model" },
  "approvals.use": { action: "call", on: "model" },
  // Beside this its approvers are named in each: whoever is none of them is refused there.
  "approvals.decide": organisation("approve"),
  "approvals.delegations.list": organisation("read_approvals"),
  "approvals.delegations.create": organisation("approve"),
  "approvals.delegations.delete": organisation("approve"),
  "people.list": installation("read_directory"),
  "people.invite": installation("change_people"),
  "people.update": installation("change_people"),
  "people.setPassword": installation("change_people"),
  "people.unlink": installation("change_people"),
  "people.sessions": installation("change_people"),
  "people.signOut": installation("change_people"),
  "session.get": WHO_AM_I,
  // One's own, and those that one's own organisation shares.
  "views.list": WHO_AM_I,
  "views.put": WHO_AM_I,
  "views.delete": WHO_AM_I,
  // Of one's own credential and sessions.
  "session.limits": WHO_AM_I,
  "session.list": WHO_AM_I,
  "session.end": WHO_AM_I,
  "session.endOthers": WHO_AM_I,
  "session.changePassword": WHO_AM_I,
  "session.passkeys": WHO_AM_I,
  "session.beginPasskey": WHO_AM_I,
  "session.addPasskey": WHO_AM_I,
  "session.removePasskey": WHO_AM_I,
};

/** Of a contract, as the table names them. */
export function pathsOf(router: AnyContractRouter, above: readonly string[] = []): string[] {
  if ("~orpc" in router) return [above.join(".")];
  return Object.entries(router).flatMap(([name, below]) => pathsOf(below, [...above, name]));
}

/** Routes without a decision, and decisions without a route. */
export function unmatchedPaths(paths: readonly string[], table: Readonly<Record<string, unknown>>): string[] {
  return [
    ...paths.filter((path) => !Object.hasOwn(table, path)),
    ...Object.keys(table).filter((path) => !paths.includes(path)),
  ];
}
