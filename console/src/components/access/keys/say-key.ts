// What a key is, in words: its state, what it may do, whose it is.
import type { Key } from "../../../../../src/governance/contract.ts";
import type { StateTone } from "../../figures/state-word.tsx";

export type KeyState = "active" | "disabled" | "expired" | "revoked";

export function stateOfKey({ revoked_at_ms: revoked, expires_at_ms: expires, disabled }: Key, nowMs: number): KeyState {
  if (revoked !== null) return "revoked";
  if (expires !== null && expires <= nowMs) return "expired";
  return disabled ? "disabled" : "active";
}

export const keyTones: Record<KeyState, StateTone> = {
  active: "ok",
  disabled: "off",
  expired: "warn",
  revoked: "off",
};

/** `member`, or `call, read (scopes)`: of the same word the scope opens more. */
export function rightsOf({ roles, scopes }: Pick<Key, "roles" | "scopes">): string {
  return roles === null ? `${scopes.join(", ")} (${scopes.length === 1 ? "scope" : "scopes"})` : roles.join(", ");
}

export interface KeyOwner {
  kind: "project" | "user" | "team";
  name: string;
}

/** All that it names, the nearest first. */
export function ownersOf({ project, user, team }: Key): KeyOwner[] {
  const all = [
    { kind: "project" as const, name: project },
    { kind: "user" as const, name: user },
    { kind: "team" as const, name: team },
  ];
  return all.flatMap(({ kind, name }) => (name === null ? [] : [{ kind, name }]));
}
