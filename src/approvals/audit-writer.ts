// What approvals ask of the audit trail: an entry in the transaction of the change that it is about.
import type { Transaction } from "kysely";

export interface AuditEntry {
  action: string;
  actor: { kind: string; id: string; name: string; organisation: string };
  resource: { type: string; id: string };
  organisation: string;
  outcome: "ok" | "refused" | "failed";
  details?: Record<string, string | number | boolean | null>;
}

export interface AuditWriter {
  record(transaction: Transaction<unknown>, entry: AuditEntry): Promise<void>;
}

/** Where nobody keeps one. */
export const noAudit: AuditWriter = { record: () => Promise.resolve() };
