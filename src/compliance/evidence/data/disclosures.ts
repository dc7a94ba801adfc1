// What left, and to whom: vendors and models that calls went to, where those run, and how much was sent.
import type { DisclosureFact } from "../../sources.ts";
import type { Collector } from "../evidence.ts";
import { counted, facts, tableOf, within } from "../evidence.ts";

const sum = (sent: readonly DisclosureFact[], what: (fact: DisclosureFact) => number): number =>
  sent.reduce((total, fact) => total + what(fact), 0);

export const disclosures: Collector = {
  title: "What left, and to whom",
  async collect({ sources, rows_max, ...period }) {
    const [{ items: all, is_cut }, places] = await Promise.all([
      sources.disclosures.sent({ ...period, limit: rows_max }),
      sources.disclosures.places(),
    ]);
    // Refused here, or answered from the cache: nothing left.
    const items = all.filter(({ vendor }) => vendor !== null);
    const placeOf = ({ vendor, model }: DisclosureFact) =>
      places.get(`${model ?? ""} at ${vendor ?? ""}`) ?? places.get(model ?? "") ?? places.get(vendor ?? "");
    const vendors = new Set(items.map(({ vendor }) => vendor));
    const unplaced = new Set(items.filter((each) => !placeOf(each)?.regions.length).map(({ vendor }) => vendor));
    const stayed = sum(all, ({ records }) => records) - sum(items, ({ records }) => records);
    return {
      expects: "A person sees whether each receiver may have what it was sent, where it is.",
      finding: items.length === 0 ? "no_data" : "for_a_person",
      says:
        items.length === 0
          ? "Nothing was sent to a vendor in this time."
          : `${counted(
              sum(items, ({ records }) => records),
              "call",
            )} went to ${counted(vendors.size, "vendor")}; where ${unplaced.size} of them ${unplaced.size === 1 ? "runs" : "run"}, the configuration does not always say. ${counted(stayed, "call")} stayed here: refused, or answered from the cache. Data classes are those that routes permit: of single calls they are not on record.`,
      facts: facts({
        calls: sum(items, ({ records }) => records),
        vendors: vendors.size,
        "vendors without a region, wholly or in part": unplaced.size,
        "calls that stayed here": stayed,
        "tokens sent": sum(items, ({ input_tokens }) => input_tokens),
        "tokens received": sum(items, ({ output_tokens }) => output_tokens),
      }),
      tables: [
        tableOf("Receivers, those that most was sent to first", {
          columns: [
            "vendor",
            "asked for as",
            "project",
            "regions",
            "data classes permitted",
            "calls",
            "tokens sent",
            "tokens received",
          ],
          rows: items.map((each) => [
            each.vendor,
            each.model,
            each.project,
            placeOf(each)?.regions.join(", ") || null,
            placeOf(each)?.data_classes.join(", ") || null,
            each.records,
            each.input_tokens,
            each.output_tokens,
          ]),
          most: rows_max,
          isCut: is_cut,
        }),
      ],
      links: [
        { title: "costs by vendor", path: within(period, "/api/v1/costs?by=vendor") },
        { title: "vendors", path: "/api/v1/vendors" },
      ],
    };
  },
};
