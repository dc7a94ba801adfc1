// What other rooms need of the audit trail: to write to it.
import type { Transaction } from "kysely";
import type { AuditEntry } from "./entry.ts";

export interface AuditWriter {
  /** In the transaction of the change: both stand, or neither. */
  record(transaction: Transaction<unknown>, entry: AuditEntry): Promise<void>;
  /** Many at once; one whose id is there already, at its time, stays as it is. */
  recordAll(transaction: Transaction<unknown>, entries: readonly (AuditEntry & { id?: string })[]): Promise<void>;
  /**
   * In a transaction of its own, with others that come at the same time; on disk when it returns. Throws `audit.full` and
   * `audit.unavailable`: what may not happen unseen does not happen then.
   */
  note(entry: AuditEntry): Promise<void>;
  /** As `note`, for what has happened anyhow: returns at once. What cannot be kept is counted, and told by an entry `gap`. */
  tell(entry: AuditEntry): void;
}

/** For rooms that run without an audit trail: in their own tests. */
export const unaudited: AuditWriter = {
  record: () => Promise.resolve(),
  recordAll: () => Promise.resolve(),
  note: () => Promise.resolve(),
  tell: () => undefined,
};
