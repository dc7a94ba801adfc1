// Kill switches: what was switched off, by whom and why, and for how long.
import type { Collector } from "../evidence.ts";
import { counted, facts, tableOf, time } from "../evidence.ts";

const LOOKED_AT = 1000;

export const switches: Collector = {
  title: "Kill switches",
  async collect({ sources, rows_max, since_ms, until_ms, now_ms }) {
    const all = await sources.switches(LOOKED_AT);
    const thrown = all.filter(
      ({ thrown_at_ms, lifted_at_ms }) =>
        thrown_at_ms < until_ms && (lifted_at_ms === null || lifted_at_ms >= since_ms),
    );
    const standing = thrown.filter(({ lifted_at_ms }) => lifted_at_ms === null || lifted_at_ms > now_ms).length;
    return {
      expects: "What was stopped names who stopped it, and why.",
      finding: thrown.length === 0 ? "no_data" : thrown.every(({ reason }) => reason !== "") ? "met" : "not_met",
      says:
        thrown.length === 0
          ? "Nothing was stopped in this time. That switches work is shown by `npm run drill -- killswitch`, not by this report."
          : `${counted(thrown.length, "switch", "switches")} stood in this time, ${standing} of them ${standing === 1 ? "stands" : "stand"} still.`,
      facts: facts({ "stood in this time": thrown.length, "stand still": standing }),
      tables: [
        tableOf("Kill switches, newest first", {
          columns: ["thrown", "by", "kind", "name", "why", "lifted", "lifted by"],
          rows: thrown.map((each) => [
            time(each.thrown_at_ms),
            each.thrown_by,
            each.kind,
            each.name,
            each.reason,
            time(each.lifted_at_ms),
            each.lifted_by,
          ]),
          most: rows_max,
          isCut: all.length === LOOKED_AT,
        }),
      ],
      links: [{ title: "switches", path: "/api/v1/switches?state=all" }],
    };
  },
};
