// What an approval comes to, in sentences: who may decide, what a decision does, what became of it.
import type { Approval } from "../../../../../src/approvals/contract.ts";
import type { StateTone } from "../../../components/figures/state-word.tsx";

export interface Verdict {
  tone: StateTone;
  word: string;
}

export function verdictOf({ state, settled_by: by }: Pick<Approval, "state" | "settled_by">): Verdict {
  if (state === "pending") return { tone: "warn", word: "waits" };
  if (state === "refused")
    return { tone: by === "silence" ? "off" : "fail", word: by === "silence" ? "nobody decided: refused" : "refused" };
  const word = state === "used" ? "approved, and done" : "approved, not done yet";
  return { tone: "ok", word: by === "silence" ? `nobody decided: ${word}` : word };
}

/** "2 of the roles reviewer, admin and of ada". */
export function describeApprovers({
  roles,
  users,
  needed,
}: Pick<Approval["approvers"], "roles" | "users" | "needed">): string {
  const groups = [
    ...(roles.length > 0 ? [`${roles.length === 1 ? "the role" : "the roles"} ${listWords(roles)}`] : []),
    ...(users.length > 0 ? [listWords(users)] : []),
  ];
  const who = groups.length === 0 ? "nobody" : groups.join(", or ");
  return needed > 1 ? `${needed} of ${who}` : who;
}

function listWords(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

/** How many approvals it has of those that it needs. */
export function countVoices({ votes }: Pick<Approval, "votes">): number {
  return votes.filter(({ decision }) => decision === "approve").length;
}

/** What comes of one voice, before it is given. */
export function consequenceOf(approval: Approval, decision: "approve" | "refuse"): string {
  const { asked_by: asker, approvers } = approval;
  if (decision === "refuse")
    return `One voice against it settles it: ${asker.name} is told no, and what waits for this does not happen.`;
  const missing = approvers.needed - countVoices(approval) - 1;
  if (missing > 0)
    return `Your voice counts; ${missing} more ${missing === 1 ? "is" : "are"} needed before ${asker.name} may go on.`;
  return `${asker.name} may then do this, once, and for exactly what stands here: another payload needs another approval.`;
}
