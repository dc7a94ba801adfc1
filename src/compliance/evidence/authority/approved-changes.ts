// Which approvals changes have: one that the entry names, one that was asked for the same thing, or another entry by which somebody
// else approved the same thing. Pure.
import type { ApprovalFact, TrailEntry } from "../../sources.ts";

const NAMED = ["approval", "approval_id"];
const APPROVES = /\bapprove[d]?$/;

/** In words, with ids; null where there is none. */
export function createApprovalsOf(
  approvals: readonly ApprovalFact[],
  entries: readonly TrailEntry[],
): (entry: TrailEntry) => string | null {
  const asked = Map.groupBy(approvals, ({ resource: { type, id } }) => `${type} ${id}`);
  const given = Map.groupBy(
    entries.filter(({ action }) => APPROVES.test(action)),
    placeOf,
  );
  return (entry) => {
    const named = NAMED.map((name) => entry.details?.[name]).filter((value) => typeof value === "string");
    const ofSame = (asked.get(placeOf(entry)) ?? []).map(({ id, state, votes }) => {
      const by = votes.filter(({ decision }) => decision === "approve").map((vote) => vote.by);
      return by.length > 0 ? `${state} by ${by.join(", ")} (${id})` : `${state} (${id})`;
    });
    const byOthers = (given.get(placeOf(entry)) ?? [])
      .filter(({ actor, id }) => id !== entry.id && actor.id !== entry.actor.id)
      .map(({ actor, id }) => `approved by ${actor.name ?? actor.id ?? "(erased)"} (${id})`);
    const all = [...named, ...ofSame, ...byOthers].slice(0, SHOWN);
    return all.length === 0 ? null : all.join("; ");
  };
}

/** Of one thing. */
const SHOWN = 3;

const placeOf = ({ resource: { type, id } }: TrailEntry): string => `${type} ${id ?? ""}`;
