// What was spent: by anything that a record says, request by request, and by kind of prompt; and what is to come.
import type { World } from "../../kernel/index.ts";
import type { CostlyRecord, Ledger, SumRow, Sums } from "../../ledger/index.ts";
import type { SumDimension, SumFigures, SumWhere } from "../../ledger/contract.ts";
import { observabilityErrors } from "../errors.ts";
import { readDimensions, readWhere } from "../figures/read-wishes.ts";
import type { CostRow, Costs, CostsQuery, Forecast, ForecastQuery, Patterns, PatternsQuery } from "./contract.ts";
import { forecastCosts } from "./forecast/forecast-costs.ts";

export interface CostBooks {
  /** Throws `observability.unknown_dimension`, `observability.requests_alone`, and what the ledger's sums throw. */
  list(query: CostsQuery): Promise<Costs>;
  patterns(query: PatternsQuery): Promise<Patterns>;
  forecast(query: ForecastQuery): Promise<Forecast>;
}

interface CostDeps {
  ledger: Sums & Pick<Ledger, "costliest" | "describePatterns">;
  world: Pick<World, "nowMs">;
}

const WEEK_MS = 7 * 86_400_000;
const BY_REQUEST = "request";

const NOTHING: SumFigures = {
  records: 0,
  failed: 0,
  refused: 0,
  tokens: { input: 0, output: 0, cache_read: 0, cache_write: 0, reasoning: 0 },
  cost_usd_micros: 0,
  saved_usd_micros: 0,
  wasted_usd_micros: 0,
  unpriced: 0,
};

interface Asked {
  since_ms: number;
  until_ms: number;
  where: SumWhere;
}

export function createCostBooks({ ledger, world }: CostDeps): CostBooks {
  const rowsOf = async (asked: Asked, by: readonly SumDimension[], more: Partial<CostsQuery> = {}) => {
    const { limit, order } = more;
    return ledger.sums({ ...asked, by, spreads: false, ...(limit && { limit }), ...(order && { order }) });
  };
  const totalOf = async (asked: Asked): Promise<SumFigures> => figuresOf((await rowsOf(asked, [])).rows[0]);

  return {
    async list(query) {
      const until_ms = query.until_ms ?? world.nowMs() + 1;
      const isByRequest = query.by.split(",").includes(BY_REQUEST);
      if (isByRequest && query.by !== BY_REQUEST) throw observabilityErrors.requests_alone({});
      const since_ms = query.since_ms ?? (isByRequest ? until_ms - WEEK_MS : monthStart(until_ms));
      const asked = { since_ms, until_ms, where: readWhere(query) };
      const total = await totalOf(asked);
      if (!isByRequest) {
        const by = readDimensions(query.by);
        const { rows, ...range } = await rowsOf(asked, by, query);
        return { ...range, by, total, rows: rows.map((row) => costRow(row, total)), requests: [] };
      }
      const { records, ...range } = await ledger.costliest({ ...asked, limit: query.limit });
      const requests = records.map((record) => ({ ...record, share: shareOf(record, total) }));
      return { ...range, by: [BY_REQUEST], total, rows: [], requests };
    },
    async patterns(query) {
      const until_ms = query.until_ms ?? world.nowMs() + 1;
      const asked = { since_ms: query.since_ms ?? until_ms - WEEK_MS, until_ms, where: readWhere(query) };
      const [total, { rows, ...range }] = await Promise.all([
        totalOf(asked),
        rowsOf(asked, ["pattern"], { limit: query.limit }),
      ]);
      const known = rows.flatMap(({ key }) => key["pattern"] ?? []);
      const examples = await ledger.describePatterns(known);
      return { ...range, total, rows: rows.map((row) => patternRow(row, total, examples)) };
    },
    forecast: (query) => forecastCosts(query, { ledger, world }),
  };
}

function costRow({ duration: _, first_token: __, at_ms: ___, ...row }: SumRow, total: SumFigures): CostRow {
  return { ...row, share: shareOf(row, total) };
}

function patternRow(row: SumRow, total: SumFigures, examples: ReadonlyMap<string, string>): Patterns["rows"][number] {
  const pattern = row.key["pattern"] ?? null;
  const mean = (sum: number): number => (row.records === 0 ? 0 : Math.round((sum / row.records) * 100) / 100);
  return {
    ...figuresOf(row),
    pattern,
    is_rest: row.is_rest,
    example: pattern === null ? null : (examples.get(pattern) ?? null),
    share: shareOf(row, total),
    mean_cost_usd_micros: mean(row.cost_usd_micros),
    mean_input_tokens: mean(row.tokens.input),
    mean_output_tokens: mean(row.tokens.output),
  };
}

function figuresOf(row: SumRow | undefined): SumFigures {
  if (!row) return NOTHING;
  const { records, failed, refused, tokens, unpriced } = row;
  const { cost_usd_micros, saved_usd_micros, wasted_usd_micros } = row;
  return { records, failed, refused, tokens, cost_usd_micros, saved_usd_micros, wasted_usd_micros, unpriced };
}

function shareOf({ cost_usd_micros }: Pick<CostlyRecord, "cost_usd_micros">, total: SumFigures): number {
  return total.cost_usd_micros === 0 ? 0 : cost_usd_micros / total.cost_usd_micros;
}

function monthStart(ms: number): number {
  const moment = new Date(ms - 1);
  return Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth());
}
