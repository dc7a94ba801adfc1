// Who may do what over the API, as people would write it down: this table knows nothing of policies or of the doors, and both are
// held to it. A letter each: owner, admin, oPerator, developer, reviewer, aUditor, member, child.
import { OWN_ORGANISATION, type RoleName } from "../../../src/policy/contract.ts";

const LETTERS: Record<RoleName, string> = {
  owner: "o",
  admin: "a",
  operator: "p",
  developer: "d",
  reviewer: "r",
  auditor: "u",
  member: "m",
  child: "c",
};

interface Rule {
  /** In one's own organisation. */
  roles: string;
  /** Of the whole installation: tenants may not at all. */
  isWhole?: true;
  /** Owners and admins of the installation's own organisation may do it in others too. */
  isCrossable?: true;
}

const whole = (roles: string): Rule => ({ roles, isWhole: true });
const inEach = (roles: string): Rule => ({ roles, isCrossable: true });
const inOwn = (roles: string): Rule => ({ roles });

const EVERYBODY = "oapdrumc";
const seesWhole = whole("oapru");
const seesState = whole("oapdru");
const keepsAlerts = whole("oap");

const rules: Record<string, Rule> = {
  status: seesState,
  storage: seesState,
  config: seesState,
  vendors: seesState,
  vendorLimits: seesState,
  targets: seesState,
  exports: seesState,
  models: inEach(EVERYBODY),
  "calls.list": inEach(EVERYBODY),
  "calls.live": inEach(EVERYBODY),
  "calls.get": inEach(EVERYBODY),
  "records.list": inEach(EVERYBODY),
  "records.get": inEach(EVERYBODY),
  "records.scores.list": inEach(EVERYBODY),
  "records.scores.create": inOwn(EVERYBODY),
  "records.scores.delete": inOwn(EVERYBODY),
  "traces.list": inEach(EVERYBODY),
  "traces.get": inEach(EVERYBODY),
  "sessions.list": inEach(EVERYBODY),
  "sessions.get": inEach(EVERYBODY),
  "activity.users": inEach(EVERYBODY),
  "routes.list": seesState,
  "routes.get": seesState,
  "routes.history": seesState,
  "routes.explain": seesState,
  "routes.put": keepsAlerts,
  "routes.delete": keepsAlerts,
  "routes.restore": keepsAlerts,
  "guardrails.list": seesState,
  "guardrails.findings": inEach(EVERYBODY),
  "guardrails.check": inOwn("oadmc"),
  "cache.state": seesWhole,
  "cache.purge": keepsAlerts,
  "cache.feedback": inOwn("oadmc"),
  "keys.list": inEach("oapu"),
  "keys.create": inEach("oa"),
  "keys.update": inEach("oa"),
  "keys.rotate": inEach("oa"),
  "keys.revoke": inEach("oa"),
  "organisations.list": whole("oapu"),
  "organisations.get": inEach("oapu"),
  "organisations.create": whole("o"),
  "organisations.update": whole("o"),
  "organisations.delete": whole("o"),
  apply: inEach("oa"),
  export: inEach("oapu"),
  budgets: inEach(EVERYBODY),
  "figures.series": inEach(EVERYBODY),
  "costs.list": inEach(EVERYBODY),
  "costs.forecast": inEach(EVERYBODY),
  "costs.patterns": inOwn(EVERYBODY),
  "session.get": inEach(EVERYBODY),
};

const families: [RegExp, Rule][] = [
  [/^policies\.(list|active|get)$/, seesState],
  [/^policies\.(propose|submit|test|dryRun)$/, whole("oapd")],
  [/^policies\./, whole("o")],
  [/^people\.list$/, whole("oapu")],
  [/^people\./, whole("oa")],
  [/^(session|views)\./, inEach(EVERYBODY)],
  [/^approvals\.(list|counts|get|delegations\.list)$/, inEach("oapdru")],
  [/^approvals\.(ask|use)$/, inOwn("oadmc")],
  [/^approvals\./, inOwn("oar")],
  [/^switches\.list$/, seesState],
  [/^switches\./, keepsAlerts],
  [/^audit\.(state|list|show|proof|consistency|verify)$/, whole("oau")],
  [/^audit\./, whole("o")],
  [/^compliance\./, whole("oau")],
  [/^vault\.(get|erasures|holds)$/, whole("oau")],
  [/^vault\.(rotate|hold|lift)$/, whole("oa")],
  [/^vault\.erase$/, whole("o")],
  [/^(users|teams|projects)\.(list|get)$/, inEach("oapu")],
  [/^(users|teams|projects)\./, inEach("oa")],
  [/^(alerts|slos|drift)\..*(put|delete|create|retry|test)$/, keepsAlerts],
  [/^(alerts|slos|drift|boundary|telemetry)\./, seesWhole],
];

/** Undefined for an operation that nobody has thought of. */
export function ruleOf(operation: string): Rule | undefined {
  return rules[operation] ?? families.find(([names]) => names.test(operation))?.[1];
}

export interface Asking {
  operation: string;
  role: RoleName;
  from: string;
  /** The organisation that is asked about. */
  about: string;
}

export function mayAsk({ operation, role, from, about }: Asking): boolean {
  const rule = ruleOf(operation);
  if (!rule?.roles.includes(LETTERS[role])) return false;
  // Asked about oneself, whatever else is named.
  if (/^(session|views)\./.test(operation)) return true;
  if (rule.isWhole) return from === OWN_ORGANISATION;
  if (from === about) return true;
  return rule.isCrossable === true && from === OWN_ORGANISATION && (role === "owner" || role === "admin");
}
