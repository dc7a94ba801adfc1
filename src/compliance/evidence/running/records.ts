// Whether what happened is on record, all of it: calls by the sums, entries of calls on the audit trail, and what still waits.
import type { Collector } from "../evidence.ts";
import { counted, facts, firstFinding, within } from "../evidence.ts";
import { sumOf } from "../authority/trail-rows.ts";

/** Chats, and what is no chat by its operation: `call.embeddings`. */
const isCall = (action: string): boolean => action === "call" || action.startsWith("call.");

export const records: Collector = {
  title: "Records, and whether they are whole",
  async collect({ sources, since_ms, until_ms }) {
    const period = { since_ms, until_ms };
    const [calls, tally, state] = await Promise.all([
      sources.records.calls(period),
      sources.trail.tally(period),
      sources.records.state(),
    ]);
    const entries = sumOf(tally.filter(({ action }) => isCall(action)));
    const isBehind = state.pending_records > 0 || state.last_error !== null;
    return {
      expects: "Each call that went through has its record, and its entry on the audit trail.",
      finding: firstFinding(
        [
          [calls.records === 0 && entries === 0, "no_data"],
          [calls.records !== entries || isBehind, "for_a_person"],
        ],
        "met",
      ),
      says: `${counted(calls.records, "call")} on record (${calls.failed} failed, ${calls.refused} refused), ${counted(entries, "entry", "entries")} of calls on the audit trail; ${counted(state.pending_records, "record")} ${state.pending_records === 1 ? "waits" : "wait"} in the journal.${calls.records === entries ? "" : " The two may differ by calls at the edges of the time, by records that retention took, and by seconds that the trail is behind."}`,
      facts: facts({
        "calls on record": calls.records,
        "calls on the audit trail": entries,
        difference: calls.records - entries,
        "in the journal, not yet in PostgreSQL": state.pending_records,
        "journal, bytes": state.journal_bytes,
        "last error": state.last_error,
      }),
      tables: [],
      links: [
        { title: "records", path: within(period, "/api/v1/records") },
        { title: "calls on the trail", path: within(period, "/api/v1/audit/entries?action=call") },
      ],
    };
  },
};
