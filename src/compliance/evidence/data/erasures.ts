// What was erased on request, with its certificates, and what is held because the law says so.
import type { Collector } from "../evidence.ts";
import { counted, facts, firstFinding, tableOf, time } from "../evidence.ts";

const LOOKED_AT = 200;

export const erasures: Collector = {
  title: "Erasures and legal holds",
  async collect({ sources: { vault }, rows_max, since_ms, until_ms }) {
    const [certificates, holds] = await Promise.all([vault.erasures(LOOKED_AT), vault.holds(LOOKED_AT)]);
    const erased = certificates.filter(({ at_ms }) => at_ms >= since_ms && at_ms < until_ms);
    const held = holds.filter(
      ({ made_at_ms, lifted_at_ms }) => made_at_ms < until_ms && (lifted_at_ms === null || lifted_at_ms >= since_ms),
    );
    const forged = erased.filter(({ is_genuine }) => !is_genuine).length;
    const isCut = certificates.length === LOOKED_AT || holds.length === LOOKED_AT;
    return {
      expects: "Each erasure has a certificate whose signature holds.",
      finding: firstFinding(
        [
          [forged > 0, "not_met"],
          [erased.length === 0, "no_data"],
        ],
        "met",
      ),
      says: `${counted(erased.length, "erasure")} in this time${forged > 0 ? `, of which ${forged} ${forged === 1 ? "has" : "have"} a certificate that does not hold` : ""}; ${counted(held.length, "legal hold")} stood. Whether each request was answered in time is not known here: requests reach people, not Binnacle.`,
      facts: facts({ erasures: erased.length, "certificates that do not hold": forged, "legal holds": held.length }),
      tables: [
        tableOf("Erasures, newest first", {
          columns: [
            "when",
            "by",
            "why",
            "SHA-256 of whose data",
            "keys destroyed",
            "records",
            "signature",
            "certificate",
          ],
          rows: erased.map((each) => [
            time(each.at_ms),
            each.by,
            each.reason,
            each.subject,
            each.keys_destroyed,
            each.records,
            each.is_genuine ? "holds" : "does not hold",
            each.id,
          ]),
          most: rows_max,
          isCut,
        }),
        tableOf("Legal holds, newest first", {
          columns: ["made", "by", "why", "of", "lifted"],
          rows: held.map((each) => [
            time(each.made_at_ms),
            each.by,
            each.reason,
            Object.entries(each.subject)
              .map(([name, value]) => `${name} ${value}`)
              .join(", "),
            time(each.lifted_at_ms),
          ]),
          most: rows_max,
          isCut,
        }),
      ],
      links: [
        { title: "certificates", path: "/api/v1/vault/erasures" },
        { title: "holds", path: "/api/v1/vault/holds" },
      ],
    };
  },
};
