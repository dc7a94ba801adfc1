// The list as the export is asked for it: that has no outcome of its own and is about all records, so that both go into its filter.
import { rangeToMs } from "../../../components/inputs/range/range-to-ms.ts";
import type { CallFilter } from "./call-filter.ts";

export function exportQuery(
  { outcome, text, time }: CallFilter,
  format: "csv" | "parquet" | "ndjson",
  nowMs: number,
): Record<string, string | number> {
  const { fromMs, toMs } = rangeToMs(time, nowMs);
  const parts = ["own:true", outcome !== null && `outcome:${outcome}`, text !== "" && `(${text})`].filter(Boolean);
  return {
    format,
    since_ms: fromMs,
    until_ms: toMs,
    filter: parts.join(" AND "),
    ...(format !== "ndjson" && { bodies: "false" }),
  };
}
