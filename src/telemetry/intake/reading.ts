// What the intake asks of others: to say what a record means, and to have it in the journal.
import type { BodyInput } from "../../ledger/index.ts";
import type { SpanRecord } from "../../ledger/contract.ts";
import type { WireContext, WireLog, WireSpan } from "../wire/wire-span.ts";

/** A record with the texts of what was asked and answered, which are kept apart. */
export interface ReadRecord {
  record: SpanRecord;
  request?: BodyInput;
  response?: BodyInput;
}

export interface Meaning {
  readSpan(span: WireSpan, context: WireContext): ReadRecord;
  readLog(log: WireLog, context: WireContext): ReadRecord;
}

/** All of them are in the journal when it returns. Throws `ledger.journal_full` and `ledger.journal_failed`. */
export type Append = (records: readonly ReadRecord[]) => void;
