// Sums over the record: how many, how long, how many tokens, what it cost, by up to three dimensions and in buckets of time.
// They are exact at any moment. Percentiles are within one per cent of the true ones.
import { z } from "zod";
import { type SumBucket, sumBuckets, type SumDimension, sumDimensions, sumOrders } from "./names/contract.ts";

export { type SumBucket, sumBuckets, type SumDimension, sumDimensions, sumOrders };

const spreadSchema = z.object({
  count: z.number().int(),
  p50_ms: z.number().nullable().describe("null where there are none"),
  p95_ms: z.number().nullable(),
  p99_ms: z.number().nullable(),
});
export type SumSpread = z.infer<typeof spreadSchema>;

const sumTokensSchema = z.object({
  input: z.number().int(),
  output: z.number().int(),
  cache_read: z.number().int(),
  cache_write: z.number().int(),
  reasoning: z.number().int(),
});

/** What is added up. Only records whose usage counts carry tokens and money; all count as records. */
export const sumFiguresSchema = z.object({
  records: z.number().int(),
  failed: z.number().int().describe("outcomes failed and truncated"),
  refused: z.number().int(),
  tokens: sumTokensSchema,
  cost_usd_micros: z.number().int(),
  saved_usd_micros: z.number().int().describe("what kept answers would have cost"),
  wasted_usd_micros: z.number().int().describe("part of the cost: of attempts whose answer was not given"),
  unpriced: z.number().int().describe("records with tokens whose cost is not known"),
});
export type SumFigures = z.infer<typeof sumFiguresSchema>;

export const sumRowSchema = sumFiguresSchema.extend({
  key: z.record(z.string(), z.string().nullable()).describe("value by dimension; null where records have none"),
  is_rest: z.boolean().describe("all that is beyond the limit, as one; its key is empty"),
  at_ms: z.number().int().nullable().describe("where the bucket begins, UTC; null without buckets"),
  duration: spreadSchema.nullable().describe("null where durations were not asked for"),
  first_token: spreadSchema.nullable(),
});
export type SumRow = z.infer<typeof sumRowSchema>;

/** What must hold of a record; several values of one dimension are either-or, null is "has none". */
export type SumWhere = Partial<Record<SumDimension, readonly (string | null)[]>>;

export interface SumQuery {
  since_ms: number;
  /** Exclusive. */
  until_ms: number;
  /** At most three. */
  by?: readonly SumDimension[];
  /** By default "none": one row a key over the whole time. */
  bucket?: SumBucket;
  where?: SumWhere;
  /** Keys, the greatest first; the rest come as one row more, so that totals hold. By default 100. */
  limit?: number;
  /** What is greatest; by default cost, then records. */
  order?: (typeof sumOrders)[number];
  /** Durations and times to the first token too; by default true. Costs are found faster without. */
  spreads?: boolean;
}

export interface SumAnswer {
  /** The time that is summed: widened to whole minutes; further back to whole hours, then days, as they are kept. */
  since_ms: number;
  until_ms: number;
  rows: SumRow[];
}

export interface WithinQuery {
  since_ms: number;
  until_ms: number;
  where?: SumWhere;
  bucket?: SumBucket;
  /** Thresholds; each is compared within one per cent of itself. */
  duration_ms?: number;
  first_token_ms?: number;
}

/** Of one bucket; buckets without records are left out. */
export interface WithinRow {
  at_ms: number | null;
  records: number;
  failed: number;
  refused: number;
  /** Records that have a duration, and those at or below the threshold; null without a threshold. */
  duration: { count: number; within: number } | null;
  first_token: { count: number; within: number } | null;
}

/** How far the kept sums are behind; reading is exact all the same, only slower. */
export const sumsStateSchema = z.object({
  waiting_minutes: z.number().int().describe("minutes with records that are not summed yet, the running one left out"),
  lag_ms: z.number().describe("age of the oldest of them, from its end"),
  last_error: z.string().nullable(),
});
export type SumsState = z.infer<typeof sumsStateSchema>;

/** One record, for what it cost. */
export interface CostlyRecord {
  id: string;
  started_at_ms: number;
  kind: string;
  key_id: string;
  user: string | null;
  team: string | null;
  model: string | null;
  route: string | null;
  outcome: string;
  cost_usd_micros: number;
  wasted_usd_micros: number;
  input_tokens: number;
  output_tokens: number;
}

export interface CostlyAnswer {
  since_ms: number;
  until_ms: number;
  /** The dearest first. */
  records: CostlyRecord[];
}

/**
 * The face that the ledger offers. Throws `ledger.sums_too_fine`, `ledger.sums_too_wide`, `ledger.sums_bad_query`,
 * `ledger.unavailable`.
 */
export interface Sums {
  sums(query: SumQuery): Promise<SumAnswer>;
  within(query: WithinQuery): Promise<WithinRow[]>;
  /** Read from the records, so of no more time than `ledger.sums.records_window`. */
  costliest(query: { since_ms: number; until_ms: number; where?: SumWhere; limit: number }): Promise<CostlyAnswer>;
  /** The templates of those patterns that are known, by their ids. */
  describePatterns(patterns: readonly string[]): Promise<Map<string, string>>;
}
