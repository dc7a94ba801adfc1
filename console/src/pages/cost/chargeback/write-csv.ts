// What is charged back, as a spreadsheet reads it: each figure as the API gave it, money in whole micro-dollars and in dollars.
import { stringify } from "csv-stringify/browser/esm/sync";
import type { Costs } from "../../../../../src/observability/contract.ts";
import type { Dimension } from "../dimensions.ts";
import type { Month } from "./months.ts";

interface ChargeBack {
  costs: Pick<Costs, "rows" | "since_ms" | "until_ms">;
  month: Pick<Month, "name">;
  by: Dimension;
  nameOf: (dimension: Dimension, value: string | null) => string;
}

export function writeCsv({ costs, month, by, nameOf }: ChargeBack): string {
  const rows = costs.rows.map((row) => ({
    month: month.name,
    from: new Date(costs.since_ms).toISOString(),
    until: new Date(costs.until_ms).toISOString(),
    [by]: row.is_rest ? "(all others)" : (row.key[by] ?? ""),
    name: row.is_rest ? "all others" : nameOf(by, row.key[by] ?? null),
    records: row.records,
    input_tokens: row.tokens.input,
    output_tokens: row.tokens.output,
    cost_usd_micros: row.cost_usd_micros,
    cost_usd: dollars(row.cost_usd_micros),
    saved_usd_micros: row.saved_usd_micros,
    wasted_usd_micros: row.wasted_usd_micros,
    unpriced_records: row.unpriced,
  }));
  // Names come from outside: a spreadsheet must not take one for a formula.
  return stringify(rows, { header: true, escape_formulas: true });
}

/** Exact, without an exponent, with a point. */
export function dollars(micros: number): string {
  const size = Math.abs(micros);
  const rest = String(size % 1_000_000).padStart(6, "0");
  return `${micros < 0 ? "-" : ""}${Math.trunc(size / 1_000_000)}.${rest}`;
}
