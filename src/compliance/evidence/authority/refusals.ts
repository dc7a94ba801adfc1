// What was refused, to whom, and by which policy.
import type { Collector } from "../evidence.ts";
import { counted, facts, tableOf, within } from "../evidence.ts";
import { ENTRY_COLUMNS, rowOf, sumOf, tallied } from "./trail-rows.ts";

export const refusals: Collector = {
  title: "What was refused",
  async collect({ sources, rows_max, ...period }) {
    const [tally, { items, is_cut }] = await Promise.all([
      sources.trail.tally(period),
      sources.trail.list({ ...period, outcome: "refused", limit: rows_max }),
    ]);
    const refused = tally.filter(({ outcome }) => outcome === "refused");
    const total = sumOf(refused);
    const strangers = sumOf(refused.filter(({ action }) => action === "identify"));
    const byPolicy = items.filter(({ policies }) => policies.length > 0).length;
    return {
      expects: "What is refused is on the audit trail, with who asked, and the policy where one decided.",
      finding: total === 0 ? "no_data" : "met",
      says:
        total === 0
          ? "Nothing was refused in this time."
          : `${counted(total, "refusal")}: ${strangers} of callers whom nobody knew, ${total - strangers} of callers who are known. Of the latest ${items.length}, ${byPolicy} ${byPolicy === 1 ? "names" : "name"} the policy that decided.`,
      facts: facts({ refused: total, "of unknown callers": strangers, "of known callers": total - strangers }),
      tables: [
        tableOf("Refusals by kind", {
          columns: ["asked for", "outcome", "times"],
          rows: tallied(refused),
          most: rows_max,
        }),
        tableOf("The latest refusals", {
          columns: ENTRY_COLUMNS,
          rows: items.map(rowOf),
          most: rows_max,
          isCut: is_cut,
        }),
      ],
      links: [{ title: "refusals", path: within(period, "/api/v1/audit/entries?outcome=refused") }],
    };
  },
};
