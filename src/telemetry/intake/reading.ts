// What the intake asks of others: to say what a record means, and to have it in the journal.
import type { NewSpan } from "../../ledger/index.ts";
import type { WireContext, WireLog, WireSpan } from "../wire/wire-span.ts";

export interface Meaning {
  readSpan(span: WireSpan, context: WireContext): NewSpan;
  readLog(log: WireLog, context: WireContext): NewSpan;
}

/** All of them are in the journal when it returns. Throws `ledger.journal_full` and `ledger.journal_failed`. */
export type Append = (records: readonly NewSpan[]) => void;
