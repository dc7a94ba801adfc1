// What was changed, by whom, and which of it a second person had approved.
import type { TrailTally } from "../../sources.ts";
import type { Collector } from "../evidence.ts";
import { counted, facts, firstFinding, tableOf, within } from "../evidence.ts";
import { createApprovalsOf } from "./approved-changes.ts";
import { ENTRY_COLUMNS, rowOf, sumOf, tallied } from "./trail-rows.ts";

/** What is on the trail and changes nothing: calls, reading, sign-ins, the trail's own housekeeping, and reports like this one. */
const CHANGES_NOTHING =
  /^(call(\..*)?|identify|gap|session\..*|.*\.read|.*\.export|.*\.list|.*\.get|audit\..*begun|compliance\..*)$/;

export const isChange = ({ action, outcome }: Pick<TrailTally, "action" | "outcome">): boolean =>
  outcome === "ok" && !CHANGES_NOTHING.test(action);

export const changes: Collector = {
  title: "Changes, with who made them and who approved",
  async collect({ sources, rows_max, keys_max, since_ms, until_ms }) {
    const period = { since_ms, until_ms };
    const [tally, { items, is_cut }, asked] = await Promise.all([
      sources.trail.tally(period),
      sources.trail.list({ ...period, outcome: "ok", without_calls: true, limit: rows_max * LOOKED_THROUGH }),
      sources.approvals({ ...period, limit: keys_max }),
    ]);
    const approvalsOf = createApprovalsOf(asked.items, items);
    const made = tally.filter(isChange);
    const shown = items.filter(isChange);
    const total = sumOf(made);
    const nameless = shown.filter(({ actor }) => actor.kind === "unknown").length;
    const approved = shown.filter((entry) => approvalsOf(entry) !== null).length;
    return {
      expects: "Each change names who made it; those that need a second person have an approval.",
      finding: firstFinding(
        [
          [total === 0, "no_data"],
          [nameless > 0, "not_met"],
        ],
        "for_a_person",
      ),
      says:
        total === 0
          ? "Nothing was changed in this time."
          : `${counted(total, "change")} on the audit trail. Of the latest ${shown.length}, ${nameless === 0 ? "all name who made them, or the system itself" : `${nameless} ${nameless === 1 ? "names" : "name"} nobody`}, and ${approved} ${approved === 1 ? "has" : "have"} an approval of the same thing.`,
      facts: facts({
        changes: total,
        "looked at": shown.length,
        "with an approval": approved,
        "without a name": nameless,
      }),
      tables: [
        tableOf("Changes by kind", { columns: ["did", "outcome", "times"], rows: tallied(made), most: rows_max }),
        tableOf("The latest changes", {
          columns: [...ENTRY_COLUMNS, "approvals of the same"],
          rows: shown.map((entry) => [...rowOf(entry), approvalsOf(entry)]),
          most: rows_max,
          isCut: is_cut || shown.length < total,
        }),
      ],
      links: [{ title: "audit trail", path: within(period, "/api/v1/audit/entries?outcome=ok") }],
    };
  },
};

/** Not each entry is a change. */
const LOOKED_THROUGH = 5;
