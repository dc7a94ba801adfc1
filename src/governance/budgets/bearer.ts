// Who bears a cap: who asks, from where, by which route, and which target at which vendor is asked.
import type { Principal } from "../principal.ts";
import { OWN_ORGANISATION } from "../../policy/index.ts";
import { type Kind, OWN_NAME } from "./kinds.ts";

export interface Bearer {
  principal: Principal;
  /** The caller's address, as it is counted; asked only where a cap is of it. Left out for calls that come from no address. */
  ip?: (() => string) | undefined;
  /** The name of the route; left out where a model is asked by its own name. */
  route?: string | undefined;
  target?: { id: string; vendor: string } | undefined;
}

/** Null where there is none: who is in no team has no team's cap. */
export function nameOf({ principal, ip, route, target }: Bearer, kind: Kind): string | null {
  switch (kind) {
    case "organisation":
      return principal.organisation === OWN_ORGANISATION ? OWN_NAME : principal.organisation;
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
