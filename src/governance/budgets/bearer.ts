// Who bears a cap: who asks, from where, by which route, and which target at which vendor is asked.
import type { Principal } from "../principal.ts";

/** What caps may be of. Those of a target are counted when it is asked; all others once a call. */
export const kinds = ["organisation", "team", "project", "user", "key", "ip", "route", "model", "vendor"] as const;
export type Kind = (typeof kinds)[number];

export interface Bearer {
  principal: Principal;
  /** The caller's address, as it is counted; asked only where a cap is of it. Left out for calls that come from no address. */
  ip?: (() => string) | undefined;
  /** The name of the route; left out where a model is asked by its own name. */
  route?: string | undefined;
  target?: { id: string; vendor: string } | undefined;
}

export function isOfTarget(of: readonly Kind[]): boolean {
  return of.includes("model") || of.includes("vendor");
}

/** Null where there is none: who is in no team has no team's cap. There is one organisation. */
export function nameOf({ principal, ip, route, target }: Bearer, kind: Kind): string | null {
  switch (kind) {
    case "organisation":
      return "";
    case "key":
      return principal.keyId;
    case "ip":
      return ip?.() ?? null;
    case "route":
      return route ?? null;
    case "model":
      return target?.id ?? null;
    case "vendor":
      return target?.vendor ?? null;
    default:
      return principal[kind];
  }
}

const SEPARATOR = "+";

/** In an account's id; of several, each is written so that they can be told apart again. */
export function joinNames(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? "") : names.map(encodeURIComponent).join(SEPARATOR);
}

export function splitNames(joined: string, of: readonly Kind[]): string[] {
  return of.length === 1 ? [joined] : joined.split(SEPARATOR).map(decodeURIComponent);
}

export function joinKinds(of: readonly Kind[]): string {
  return of.join(SEPARATOR);
}

/** `team core`, `key k1, model openai/gpt-4o`. */
export function describeBearer(of: readonly Kind[], names: readonly string[]): string {
  return of.map((kind, index) => (names[index] ? `${kind} ${names[index]}` : kind)).join(", ");
}
