// Sums as they are shown.
import type { TotalsRow } from "../store/records/totals.ts";
import type { Totals } from "./contract.ts";

/** `max` is how many records were summed up at most. */
export function totalsOfRow(row: TotalsRow | undefined, max: number): Totals {
  return {
    records: row?.records ?? 0,
    failed: row?.failed ?? 0,
    calls: row?.calls ?? 0,
    tokens: { input: row?.input_tokens ?? 0, output: row?.output_tokens ?? 0 },
    cost_usd_micros: row?.cost_usd_micros ?? 0,
    saved_usd_micros: row?.saved_usd_micros ?? 0,
    started_at_ms: row?.started_at_ms ?? 0,
    ended_at_ms: row?.ended_at_ms ?? 0,
    cut: (row?.records ?? 0) >= max,
  };
}
