// What went wrong and who was told: alerts that fired, and signals that governance had too late.
import type { Collector } from "../evidence.ts";
import { counted, facts, firstFinding, tableOf, time, within } from "../evidence.ts";

const labelled = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");

export const incidents: Collector = {
  title: "Incidents: alerts, and bounds that were crossed",
  async collect({ sources: { incidents: source }, rows_max, ...period }) {
    const [rules, { items, is_cut }, open, crossings] = await Promise.all([
      source.rules(),
      source.history({ ...period, limit: rows_max * LOOKED_THROUGH }),
      source.open(),
      source.crossings(period),
    ]);
    const enabled = rules.filter((rule) => rule.enabled).length;
    const fired = items.filter(({ to }) => to === "firing");
    const firing = open.filter(({ state }) => state === "firing");
    return {
      expects: "Rules watch operation, and what fires is brought to an end.",
      finding: firstFinding(
        [
          [enabled === 0, "not_met"],
          [firing.length > 0 || crossings.length > 0 || is_cut, "for_a_person"],
        ],
        "met",
      ),
      says: `${counted(enabled, "rule")} of ${rules.length} ${enabled === 1 ? "watches" : "watch"}. ${counted(fired.length, "alert")} fired in this time${is_cut ? " at least" : ""}; ${firing.length} ${firing.length === 1 ? "fires" : "fire"} now. ${crossings.length === 0 ? "No signal is known to have crossed its bound." : `${counted(crossings.length, "signal")} crossed the bound within which governance can act.`}`,
      facts: facts({ "rules that watch": enabled, fired: fired.length, "firing now": firing.length }),
      tables: [
        tableOf("Alerts that fired or ended, newest first", {
          columns: ["when", "rule", "severity", "of", "became"],
          rows: items
            .filter(({ to }) => to === "firing" || to === "resolved")
            .map(({ at_ms, rule, severity, labels, to }) => [time(at_ms), rule, severity, labelled(labels), to]),
          most: rows_max,
          isCut: is_cut,
        }),
        tableOf("Signals that crossed their bound, as far back as that is kept", {
          columns: ["signal", "minutes"],
          rows: crossings.map(({ signal, minutes }) => [signal, minutes]),
          most: rows_max,
        }),
      ],
      links: [
        { title: "alerts", path: "/api/v1/alerts/history" },
        { title: "boundary", path: within(period, "/api/v1/boundary/history").replace(/&until_ms=\d+/, "") },
      ],
    };
  },
};

/** An alert has several changes. */
const LOOKED_THROUGH = 3;
