// What the intake asks of others: to say what a record means, and to have it in the journal.
import type { NewSpan } from "../../ledger/index.ts";
import type { WireContext, WireLog, WireSpan } from "../wire/wire-span.ts";

/** What was sent, with judgements of it that it told itself: they are written with it, and not counted as sent. */
export interface Understood extends NewSpan {
  scores?: readonly NewSpan[];
}

export interface Meaning {
  readSpan(span: WireSpan, context: WireContext): Understood;
  readLog(log: WireLog, context: WireContext): Understood;
}

/** All of them are in the journal when it returns. Throws `ledger.journal_full` and `ledger.journal_failed`. */
export type Append = (records: readonly NewSpan[]) => void;
