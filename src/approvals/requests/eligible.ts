// Who may decide what: by a role, by name, by a delegation. Pure.
import type { Approval } from "../contract.ts";
import { type Person, voterOf } from "../request.ts";

/** Somebody decides in another's place. */
export interface Standing {
  delegator: string;
  delegatorRoles: readonly string[];
  organisation: string;
}

/** In whose place they decide; their own, or a delegator's. Or why they may not. */
export type Seat = { seat: string; onBehalfOf: string | null } | "not_approver" | "oneself";

type Asked = Pick<Approval, "approvers" | "escalate_to" | "escalated_at_ms" | "organisation"> & { asker: string };

export function seatOf(asked: Asked, person: Person, standings: readonly Standing[]): Seat {
  const own = voterOf(person);
  if (asked.organisation !== person.organisation) return "not_approver";
  if (asked.approvers.not_oneself && own === asked.asker) return "oneself";
  if (mayDecide(asked, { voter: own, id: person.id, roles: person.roles })) return { seat: own, onBehalfOf: null };
  let isOneself = false;
  for (const { delegator, delegatorRoles: roles, organisation } of standings) {
    if (organisation !== asked.organisation) continue;
    if (!mayDecide(asked, { voter: delegator, id: delegator, roles })) continue;
    if (!asked.approvers.not_oneself || delegator !== asked.asker) return { seat: delegator, onBehalfOf: delegator };
    isOneself = true;
  }
  return isOneself ? "oneself" : "not_approver";
}

interface Voice {
  voter: string;
  id: string;
  roles: readonly string[];
}

function mayDecide({ approvers, escalate_to: further, escalated_at_ms: since }: Asked, voice: Voice): boolean {
  const all = further && since !== null ? [approvers, further] : [approvers];
  return all.some(({ roles, users }) => {
    if (voice.roles.some((role) => roles.includes(role))) return true;
    return users.some((name) => name === nameOf(voice.voter) || name === voice.id);
  });
}

/** `user:ada` is ada. */
const nameOf = (voter: string): string => voter.slice(voter.indexOf(":") + 1);

/** For a refusal: who may decide instead. */
export function describeApprovers({ approvers: { roles, users, needed } }: Pick<Approval, "approvers">): string {
  const who = [...roles.map((role) => `the role ${role}`), ...users].join(", ") || "nobody";
  return needed > 1 ? `${needed} of ${who}` : who;
}
