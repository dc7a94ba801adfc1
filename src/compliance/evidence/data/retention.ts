// How long records and bodies are kept, held against what a control asks for.
import type { Finding } from "../../contract.ts";
import type { RetentionFacts } from "../../sources.ts";
import type { Collector } from "../evidence.ts";
import { counted, days, facts, tableOf, time } from "../evidence.ts";

/** The shortest time after which records go by rule; disk may make it shorter. */
function shortestMs({ records_ms, overrides }: RetentionFacts): number {
  return Math.min(records_ms, ...overrides.flatMap((each) => each.records_ms ?? []));
}

function judge(kept: RetentionFacts, leastMs: number | null, byDisk: number): Finding {
  if (leastMs === null) return "for_a_person";
  if (shortestMs(kept) < leastMs || byDisk > 0) return "not_met";
  return kept.disk_max_bytes === null ? "met" : "for_a_person";
}

export const retention: Collector = {
  title: "How long records are kept",
  async collect({ sources, rows_max, least_ms, since_ms, until_ms }) {
    const kept = await sources.retention();
    const swept = kept.sweeps.filter(({ at_ms }) => at_ms >= since_ms && at_ms < until_ms);
    const byDisk = swept.filter(({ part, why }) => part === "records" && why === "disk").length;
    const disk =
      kept.disk_max_bytes === null
        ? ""
        : ` Above ${kept.disk_max_bytes} bytes the oldest go earlier; that happened to records ${counted(byDisk, "time")}.`;
    return {
      expects:
        least_ms === null
          ? "Records and bodies are kept as long as their purpose needs, and no longer."
          : `Records are kept for ${days(least_ms)} days or more.`,
      finding: judge(kept, least_ms, byDisk),
      says: `Records are kept ${days(kept.records_ms)} days, ${kept.stores_bodies ? `what was asked and answered ${days(kept.bodies_ms)} days` : "and what was asked and answered not at all"}; the shortest exception for records is ${days(shortestMs(kept))} days. The audit trail is kept whole.${disk}`,
      facts: facts({
        "records, days": days(kept.records_ms),
        "bodies, days": kept.stores_bodies ? days(kept.bodies_ms) : 0,
        "shortest for records, days": days(shortestMs(kept)),
        "asked for at least, days": least_ms === null ? null : days(least_ms),
      }),
      tables: [
        tableOf("Exceptions", {
          columns: ["of", "records, days", "bodies, days"],
          rows: kept.overrides.map(({ what, records_ms, bodies_ms }) => [
            what,
            records_ms === null ? null : days(records_ms),
            bodies_ms === null ? null : days(bodies_ms),
          ]),
          most: rows_max,
        }),
        tableOf("What went lately", {
          columns: ["when", "what", "of day", "why", "rows", "bytes"],
          rows: swept.map(({ at_ms, part, day, why, rows, bytes }) => [time(at_ms), part, day, why, rows, bytes]),
          most: rows_max,
        }),
      ],
      links: [{ title: "storage", path: "/api/v1/storage" }],
    };
  },
};
