// What guardrails found in calls, by kind, and what then happened.
import type { Cell } from "../../contract.ts";
import type { FindingCount } from "../../sources.ts";
import type { Collector } from "../evidence.ts";
import { counted, facts, firstFinding, tableOf, within } from "../evidence.ts";

const sumOf = (counts: readonly FindingCount[], outcome?: string): number =>
  counts.reduce((sum, each) => sum + (outcome === undefined || each.outcome === outcome ? each.count : 0), 0);

export const guardrails: Collector = {
  title: "Guardrails: what was found, and what then happened",
  async collect({ sources, rows_max, ...period }) {
    const configured = sources.guardrails();
    const { items, is_cut } = await sources.findings({ ...period, limit: rows_max });
    const failed = sumOf(items, "failed");
    const total = sumOf(items) - failed;
    return {
      expects: "Content of calls is checked, and no check failed to be made.",
      finding: firstFinding(
        [
          [configured.length === 0 && items.length === 0, "not_met"],
          [failed > 0, "for_a_person"],
          [total === 0, "no_data"],
        ],
        "met",
      ),
      says:
        configured.length === 0
          ? `No guardrail is configured${total > 0 ? `, though there were: ${counted(total, "finding")} in this time` : ""}.`
          : `${counted(configured.length, "guardrail")}; ${counted(total, "finding")}: ${sumOf(items, "observed")} let through and noted, ${sumOf(items, "masked")} masked, ${sumOf(items, "blocked")} blocked, ${sumOf(items, "asked")} put before a person; ${counted(failed, "check")} could not be made.`,
      facts: facts({ guardrails: configured.length, findings: total, "checks that could not be made": failed }),
      tables: [
        tableOf("Guardrails that are configured", {
          columns: ["guardrail", "checks and modes"],
          rows: configured.map(({ name, checks }) => [
            name,
            checks.map(({ kind, mode }) => `${kind}: ${mode}`).join(", "),
          ]),
          most: rows_max,
        }),
        tableOf("Findings by kind", {
          columns: ["guardrail", "found", "then", "where", "vendor", "times"],
          rows: items.map(({ name, kind, outcome, side, vendor, count }): Cell[] => [
            name,
            kind,
            outcome,
            side,
            vendor,
            count,
          ]),
          most: rows_max,
          isCut: is_cut,
        }),
      ],
      links: [
        { title: "guardrails", path: "/api/v1/guardrails" },
        { title: "records with findings", path: within(period, "/api/v1/records?filter=guardrail:*") },
      ],
    };
  },
};
