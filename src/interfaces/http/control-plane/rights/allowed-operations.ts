// What of the whole API somebody may use in their own organisation, by the table of rights and the policies: so that pages offer nothing
// else. The doors decide anew each time.
import type { Principal, Rights, Sight } from "../../../../governance/index.ts";
import type { OwnSession } from "../../../../identity/contract.ts";
import type { ActionName } from "../../../../policy/index.ts";
import { type RouteAction, routeActions, WHO_AM_I } from "./route-actions.ts";

/** The names of operations, as the API's document has them. */
export function allowedOperations(principal: Principal, rights: Rights): string[] {
  return Object.entries(routeActions)
    .filter(([, wanted]) => wanted === WHO_AM_I || isAllowed(principal, wanted, rights))
    .map(([name]) => name);
}

function isAllowed(principal: Principal, wanted: RouteAction, rights: Rights): boolean {
  const { action, on, also = [], orCallers } = wanted;
  const { organisation } = principal;
  if (orCallers && rights.allows(principal, { action: "call", on: "model", organisation })) return true;
  if (on === "records") return rights.sightOf(principal, { action, organisation }) !== undefined;
  const place = on === "named" ? "organisation" : on;
  return [action, ...also].every((each) => rights.allows(principal, { action: each, on: place, organisation }));
}

export function sightsOf(principal: Principal, rights: Rights): OwnSession["sees"] {
  const { organisation } = principal;
  const see = (action: ActionName) => nameOf(rights.sightOf(principal, { action, organisation }));
  return { records: see("read_records"), bodies: see("read_bodies"), figures: see("read_figures") };
}

function nameOf(sight: Sight | undefined): OwnSession["sees"]["records"] {
  if (sight === undefined) return "nothing";
  if (sight.project !== undefined) return "project";
  return sight.user === undefined && sight.key === undefined ? "organisation" : "own";
}
