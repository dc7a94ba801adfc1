// Entries of the audit trail as rows of a table.
import type { Cell } from "../../contract.ts";
import type { TrailEntry, TrailTally } from "../../sources.ts";
import { time } from "../evidence.ts";

export const ENTRY_COLUMNS = ["when", "who", "kind", "did", "to", "policies", "entry"];

export function rowOf({ at_ms, actor, action, resource, policies, id }: TrailEntry): Cell[] {
  const who = actor.kind === "unknown" ? "(unknown)" : (actor.name ?? actor.id ?? "(erased)");
  const what = resource.id === null || resource.id === "" ? resource.type : `${resource.type} ${resource.id}`;
  return [time(at_ms), who, actor.kind, action, what, policies.join(", "), id];
}

/** By action, the most frequent first. */
export function tallied(tally: readonly TrailTally[]): Cell[][] {
  return tally
    .toSorted((one, other) => other.count - one.count)
    .map(({ action, outcome, count }) => [action, outcome, count]);
}

export const sumOf = (tally: readonly TrailTally[]): number => tally.reduce((sum, { count }) => sum + count, 0);
