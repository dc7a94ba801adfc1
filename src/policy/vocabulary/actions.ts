// What can be asked for. One table, from which the Cedar schema and its reference are made: a new action is a new line here,
// and in the shipped policies of those roles that may do it.
import type { ContextName } from "./attributes.ts";
import type { ResourceType } from "./resources.ts";

/** What several actions have in common, so that a policy can name them at once: `action in Action::"reading"`. */
export const actionGroups = {
  serving: "what calls and runs do",
  reading: "looking at what is kept, texts of calls aside",
  changing: "changing how things are set up",
  governing: "deciding who may do what, and standing above organisations",
} as const;
export type ActionGroup = keyof typeof actionGroups;

export interface ActionSpec {
  readonly group: ActionGroup | null;
  readonly what: string;
  /** What it can be asked about. */
  readonly on: readonly ResourceType[];
  /** Circumstances that may be known. `hour` and `weekday` always are. */
  readonly context?: readonly ContextName[];
}

const place = ["installation", "organisation"] as const;
const call = ["data_class", "region", "purpose", "tainted"] as const;

export const actions = {
  call: { group: "serving", what: "send a model call", on: ["model"], context: call },
  use_model: { group: "serving", what: "call this model or route", on: ["model"], context: call },
  use_target: {
    group: "serving",
    what: "have a call served by this model of this vendor",
    on: ["target"],
    context: [...call, "cost_usd_micros"],
  },
  use_tool: { group: "serving", what: "offer a model this tool, and run it", on: ["tool"], context: call },
  run_agent: { group: "serving", what: "run an agent", on: ["program", ...place], context: call },
  read_memory: { group: "serving", what: "read a space of memories", on: ["memory", ...place], context: call },
  write_memory: { group: "serving", what: "write to a space of memories", on: ["memory", ...place], context: call },
  send_telemetry: { group: "serving", what: "report spans and metrics of other programs", on: place },

  read_status: { group: "reading", what: "see the state of the installation, its models and vendors", on: place },
  read_figures: { group: "reading", what: "see costs, metrics, alerts, drift, budgets", on: place },
  read_records: {
    group: "reading",
    what: "see calls, traces and sessions, without their texts",
    on: ["record", ...place],
  },
  read_directory: { group: "reading", what: "see users, teams, projects", on: ["entry", ...place] },
  read_keys: { group: "reading", what: "see keys, never their secrets", on: ["entry", ...place] },
  read_config: { group: "reading", what: "see routes, prompts, guardrails, the configuration", on: place },
  read_policies: { group: "reading", what: "see policies and try them", on: place },
  read_approvals: { group: "reading", what: "see what waits for a person", on: ["approval", ...place] },
  read_audit: { group: "reading", what: "see the audit trail and its proofs", on: place },
  read_bodies: { group: null, what: "see the texts of calls", on: ["record", ...place] },
  export_records: { group: null, what: "take records away as a file", on: ["record", ...place] },

  approve: { group: null, what: "say yes or no to what waits for a person", on: ["approval", ...place] },
  operate_switches: { group: null, what: "stop and release calls by kill switches", on: place },
  change_records: { group: "changing", what: "note, score and label what is on record", on: ["record", ...place] },
  change_config: { group: "changing", what: "change the configuration, guardrails, caches", on: place },
  change_routes: { group: "changing", what: "make and change routes", on: place },
  change_prompts: { group: "changing", what: "make and change prompts", on: place },
  change_alerts: { group: "changing", what: "make and change alerts, objectives, baselines", on: place },
  change_directory: { group: "changing", what: "make and change users, teams, projects", on: ["entry", ...place] },
  change_keys: { group: "changing", what: "make, rotate and revoke keys", on: ["entry", ...place] },
  change_people: { group: "changing", what: "set up sign-in, and end people's sessions", on: ["entry", ...place] },
  grant_roles: {
    group: "changing",
    what: "give this role to a key or a person",
    on: ["entry", ...place],
    context: ["role"],
  },
  change_retention: { group: "changing", what: "say how long what is kept, and hold it", on: place },
  propose_policies: { group: "changing", what: "propose a version of the policies", on: place },
  erase_data: {
    group: "governing",
    what: "erase what is known of somebody, for good",
    on: ["record", "entry", ...place],
  },
  change_policies: { group: "governing", what: "approve and activate policies, and roll them back", on: place },
  manage_organisations: { group: "governing", what: "make, change and close organisations", on: place },
} as const satisfies Record<string, ActionSpec>;

export type ActionName = keyof typeof actions;
export const actionNames = Object.keys(actions) as ActionName[];
