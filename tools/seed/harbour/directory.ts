// Harbour's teams, projects and keys in the form that `binnacle apply` takes.
import type { RoleName } from "../../../src/policy/contract.ts";
import { people } from "./people.ts";

export const teams = {
  support: {},
  finance: {},
  engineering: { budgets: [{ usd: 600, soft_usd: 450 }] },
  home: { budgets: [{ usd: 20, every: "week", when_short: "lower_max_tokens" }] },
};

/** Each with its team. */
const teamOf = {
  "customer-help": "support",
  "live-chat": "support",
  "help-centre": "support",
  "invoice-reading": "finance",
  "ledger-agent": "finance",
  "code-review": "engineering",
  "engineering-assistant": "engineering",
  translations: "engineering",
  "picture-search": "engineering",
  "voice-pilot": "engineering",
  homework: "home",
} as const;
export type ProjectName = keyof typeof teamOf;

interface KeyEntry {
  project?: ProjectName;
  user?: string;
  roles: RoleName[];
  kind?: "service";
  limits?: { requests: number; every: "minute" }[];
  expires_at?: string;
}

/** Programs' keys by what they are called; and one for each role that the console knows. */
export const keys = {
  "helpdesk web": { project: "customer-help", roles: ["member"] },
  "live chat": { project: "live-chat", roles: ["member"] },
  "help centre": { project: "help-centre", roles: ["member"], kind: "service" },
  "invoice reader": { project: "invoice-reading", roles: ["member"], kind: "service" },
  "ledger-bot": { project: "ledger-agent", roles: ["member"], kind: "service" },
  "review bot": { project: "code-review", roles: ["member"], kind: "service" },
  "assistant app": { project: "engineering-assistant", roles: ["member"] },
  "translation tool": { project: "translations", roles: ["member"] },
  "picture search": { project: "picture-search", roles: ["member"], kind: "service" },
  "voice pilot": { project: "voice-pilot", roles: ["member"] },
  "homework tablet": { project: "homework", user: "juno.bell", roles: ["child"] },
  "nightly report": { roles: ["auditor"], kind: "service" },
  "load test": { roles: ["member"], limits: [{ requests: 2, every: "minute" }] },
  "harbour admin": { user: "mara.lindqvist", roles: ["admin"] },
  "harbour auditor": { user: "tomas.reyes", roles: ["auditor"] },
  "harbour reviewer": { user: "kwame.boateng", roles: ["reviewer"] },
  "harbour operator": { user: "ingrid.solheim", roles: ["operator"] },
  "harbour member": { user: "lena.fischer", project: "customer-help", roles: ["member"] },
  "harbour child": { user: "theo.bell", project: "homework", roles: ["child"] },
} as const satisfies Record<string, KeyEntry>;
export type KeyName = keyof typeof keys;

/** Wide for now; how much of them is left is set when it is known what was spent. */
const WIDE = [{ usd: 1000, every: "ever" }];
const WIDELY_BUDGETED: readonly string[] = ["translations", "invoice-reading", "code-review"];
/** What the voice pilot may spend for each call of the week that anybody makes: used up on the fifth day or so. */
const PILOT_USD = 4.5e-6;

export function directoryState(calls: number) {
  const budgetsOf = (name: string) => {
    if (name === "voice-pilot") return [{ usd: Math.max(0.008, PILOT_USD * calls), every: "ever" }];
    return WIDELY_BUDGETED.includes(name) ? WIDE : [];
  };
  const projects = Object.entries(teamOf).map(
    ([name, team]) => [name, { teams: [team], budgets: budgetsOf(name) }] as const,
  );
  return {
    teams,
    projects: Object.fromEntries(projects),
    users: Object.fromEntries(people.map(({ user, team, roles }) => [user, { teams: [team], roles }])),
    keys,
  };
}
