// Whether the audit trail is whole: what was signed, and what came of holding the entries against it.
import type { Collector } from "../evidence.ts";
import { counted, facts, firstFinding, tableOf, time } from "../evidence.ts";

export const trail: Collector = {
  title: "The audit trail, verified",
  async collect({ sources, rows_max, verify_entries_max }) {
    const state = await sources.trail.state();
    const isVerified = state.size <= verify_entries_max;
    const verified = isVerified ? await sources.trail.verify() : null;
    const faults = verified === null ? 0 : verified.findings.length + verified.more;
    const witnessed = state.witnesses.filter(({ size }) => size > 0).length;
    return {
      expects: "The whole trail agrees with what was signed, and nothing of it was altered, taken out or put in.",
      finding: firstFinding(
        [
          [state.fault !== null || (verified !== null && !verified.ok), "not_met"],
          [state.checkpoint === null, "no_data"],
          [verified === null || state.gaps > 0, "for_a_person"],
        ],
        "met",
      ),
      says: [
        state.checkpoint === null
          ? "Nothing is signed yet."
          : `${counted(state.size, "entry", "entries")} in a signed Merkle tree (RFC 6962), the last checkpoint at ${time(state.signed_at_ms) ?? "an unknown time"}.`,
        verified === null
          ? `It is longer than compliance.verify_entries_max, and was not verified for this report: run \`binnacle audit verify\`.`
          : `${counted(verified.entries, "entry", "entries")} held against it: ${faults === 0 ? "nothing wrong" : counted(faults, "fault")}.`,
        state.fault === null ? "" : `Nothing is signed now: ${state.fault.replaceAll("_", " ")}.`,
        witnessed === 0
          ? "No witness outside has co-signed it."
          : `${counted(witnessed, "witness", "witnesses")} outside co-signed it.`,
      ]
        .filter((sentence) => sentence !== "")
        .join(" "),
      facts: facts({
        tree: state.origin,
        entries: state.size,
        "signed at": time(state.signed_at_ms),
        "waiting for a place": state.waiting,
        "entries that were not kept": state.gaps,
        fault: state.fault,
        "faults found": verified === null ? null : faults,
        checkpoint: state.checkpoint,
      }),
      tables: [
        tableOf("Faults", {
          columns: ["fault"],
          rows: (verified?.findings ?? []).map(({ kind }) => [kind]),
          most: rows_max,
        }),
        tableOf("Keys that signed", { columns: ["key"], rows: state.keys.map((key) => [key]), most: rows_max }),
        tableOf("Witnesses", {
          columns: ["witness", "entries that it signed for", "last error"],
          rows: state.witnesses.map(({ name, size, last_error }) => [name, size, last_error]),
          most: rows_max,
        }),
      ],
      links: [
        { title: "state", path: "/api/v1/audit" },
        { title: "export with proofs", path: "/api/v1/audit/export?format=ndjson" },
      ],
    };
  },
};
