// What an agent asks where nobody can read which tools it is given: one that may not do everything by itself does not ask there.
import { approvalsErrors, type HeldActions } from "../../approvals/index.ts";
import type { Principal } from "../../governance/index.ts";

export interface WithHeld {
  /** Left out where there are no approvals. */
  approvals?: { held: Pick<HeldActions, "mayDoAll"> } | undefined;
}

/** Throws `approvals.unread`. */
export function refuseUnread(
  { approvals }: WithHeld,
  { keyName, keyId }: Pick<Principal, "keyName" | "keyId">,
  what: string,
): void {
  if (!approvals || approvals.held.mayDoAll([keyName, keyId])) return;
  throw approvalsErrors.unread({ agent: keyName, what });
}
