// A key as it is typed, and as the API takes it.
import type { CreateKey, Key, RoleName, Scope } from "../../../../../src/governance/contract.ts";
import { capsFrom, type CapsDraft, draftOf, noCaps } from "../../../components/access/caps/draft.ts";

export type OwnerKind = "nobody" | "project" | "team" | "user";

export interface KeyDraft {
  name: string;
  ownerKind: OwnerKind;
  owner: string;
  /** `role:member`, `scope:call`, several with a comma between. */
  may: string;
  isService: boolean;
  models: readonly string[];
  allowedIps: readonly string[];
  parent: string;
  caps: CapsDraft;
  expiresAtMs: number | null;
}

export const blankKey: KeyDraft = {
  name: "",
  ownerKind: "nobody",
  owner: "",
  may: "role:member",
  isService: false,
  models: [],
  allowedIps: [],
  parent: "",
  caps: noCaps,
  expiresAtMs: null,
};

/** `project:atlas` of the address. */
export function blankKeyFor(wish: string): KeyDraft {
  const [kind = "", ...rest] = wish.split(":");
  if (kind !== "project" && kind !== "team" && kind !== "user") return blankKey;
  return { ...blankKey, ownerKind: kind, owner: rest.join(":") };
}

export function draftOfKey(key: Key): KeyDraft {
  const ownerKind =
    key.project !== null ? "project" : key.user !== null ? "user" : key.team !== null ? "team" : "nobody";
  return {
    name: key.name,
    ownerKind,
    owner: ownerKind === "nobody" ? "" : (key[ownerKind] ?? ""),
    may: mayOf(key),
    isService: key.kind === "service",
    models: key.models ?? [],
    allowedIps: key.allowed_ips ?? [],
    parent: key.parent ?? "",
    caps: draftOf(key),
    expiresAtMs: key.expires_at_ms,
  };
}

export function mayOf({ roles, scopes }: Pick<Key, "roles" | "scopes">): string {
  return (roles === null ? scopes.map((scope) => `scope:${scope}`) : roles.map((role) => `role:${role}`)).join(",");
}

type KeySettings = Partial<Omit<CreateKey, "organisation" | "parent">> & { name: string };

/** `before` keeps what the form has no field for: a key may name a user, a project and a team all at once. */
export function settingsFrom(draft: KeyDraft, before: Key | null): KeySettings {
  const owner = draft.owner.trim();
  const isSameOwner = before !== null && draftOfKey(before).ownerKind === draft.ownerKind;
  const others = isSameOwner
    ? { project: before.project, user: before.user, team: before.team }
    : { project: null, user: null, team: null };
  return {
    name: draft.name.trim(),
    ...others,
    ...(draft.ownerKind !== "nobody" && { [draft.ownerKind]: owner === "" ? null : owner }),
    ...rightsFrom(draft.may),
    kind: draft.isService ? "service" : "key",
    models: draft.models.length === 0 ? null : [...draft.models],
    allowed_ips: draft.allowedIps.length === 0 ? null : [...draft.allowedIps],
    ...capsFrom(draft.caps),
    expires_at_ms: draft.expiresAtMs,
  };
}

/** A key with roles keeps the scopes it has: they say nothing then. */
function rightsFrom(may: string): { roles: RoleName[] | null; scopes?: Scope[] } {
  const parts = may.split(",").map((part) => part.split(":") as [string, string]);
  const named = (kind: string): string[] => parts.filter(([each]) => each === kind).map(([, name]) => name);
  // What may be chosen is made from the contract's own names (may-field.tsx).
  const scopes = named("scope") as Scope[];
  return scopes.length > 0 ? { roles: null, scopes } : { roles: named("role") as RoleName[] };
}
