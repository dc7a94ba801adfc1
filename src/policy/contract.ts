// What a policy decides about: who does what to what, under which circumstances; and what a decision says. Pure: rooms below and
// above speak in these words, whatever engine answers.

export {
  type ActivePoliciesView,
  type DryRun,
  policyContract,
  type PolicyTrial,
  type PolicyVersionView,
  type PolicyView,
} from "./versions/contract.ts";

/** Shipped roles. What each may do stands in policies that are part of the program, not in code. */
export const roleNames = ["owner", "admin", "operator", "developer", "reviewer", "auditor", "member", "child"] as const;
export type RoleName = (typeof roleNames)[number];

/** The organisation that an installation belongs to; others are its tenants and see only what is their own. */
export const OWN_ORGANISATION = "default";

export type SubjectKind = "key" | "person" | "service" | "agent";

/** Who asks. The same object for the same identity, as long as nothing of it changes: decisions are kept by it. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly id: string;
  readonly roles: readonly RoleName[];
  readonly organisation: string;
  readonly team: string | null;
  readonly project: string | null;
  readonly user: string | null;
  /** An agent never has more than who it acts for: both must be allowed. */
  readonly onBehalfOf?: Subject;
}

export type AttributeValue = string | number | boolean | readonly string[];

/** What is asked for. `installation` is the whole; everything else belongs to an organisation. */
export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly organisation: string;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

export interface Question {
  readonly subject: Subject;
  /** One of the schema's actions: `call`, `use_model`, `use_target`, `read_records`, `read_bodies`, `change_keys`, `approve`, … */
  readonly action: string;
  readonly resource: Resource;
  /** Data class, region, cost, time, purpose. */
  readonly context?: Readonly<Record<string, AttributeValue>>;
}

export interface Decision {
  readonly allowed: boolean;
  /** Those that decided; none where nothing allows it. */
  readonly policies: readonly string[];
  /** For people: what the deciding policy says of itself, or that no policy allows this. */
  readonly why: string;
  /** What the deciding policies demand besides, such as `require_approval` or `mask:pii`. */
  readonly obligations: readonly string[];
  /** Of the active policies. */
  readonly version: string;
}
