// What the audit trail is told of changes of policies, in their own transaction: the shape that it is handed in with.
import type { Transaction } from "kysely";

export interface PolicyAuditEntry {
  action: string;
  actor: { kind: string; id: string; name: string; organisation: string };
  resource: { type: string; id: string };
  organisation: string;
  outcome: "ok" | "refused" | "failed";
}

export interface PolicyAudit {
  record(transaction: Transaction<unknown>, entry: PolicyAuditEntry): Promise<void>;
}

/** Where there is none. */
export const noAudit: PolicyAudit = { record: () => Promise.resolve() };
