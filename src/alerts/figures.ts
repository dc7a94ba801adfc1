// What this room asks of the rooms below it: figures of the record, and things that others have noticed. Small faces, so
// that a rule can be tested with figures made up for it.
import type { Dimension, Filter } from "./dimensions.ts";

export interface FiguresQuery {
  since_ms: number;
  until_ms: number;
  by: readonly Dimension[];
  where: Filter;
  /** Rows at the most. */
  limit: number;
}

export interface Percentiles {
  count: number;
  p50_ms: number | null;
  p95_ms: number | null;
  p99_ms: number | null;
}

export interface FiguresRow {
  key: Readonly<Record<string, string | null>>;
  /** The beginning of the bucket; null without buckets. */
  at_ms: number | null;
  records: number;
  cost_usd_micros: number;
  /** Null where times were not asked for. */
  duration: Percentiles | null;
  first_token: Percentiles | null;
}

export interface SumsQuery extends FiguresQuery {
  bucket: "hour" | "none";
  /** What is wanted: the greatest of it come first, and times are null where they are not wanted. */
  about: "cost" | "records" | "times";
}

/** Of the records that have the figure at all. */
export interface WithinRow {
  key: Readonly<Record<string, string | null>>;
  count: number;
  within: number;
}

/** Sums over the record, as the ledger keeps them. */
export interface Figures {
  sums(query: SumsQuery): Promise<FiguresRow[]>;
  /**
   * How many records are at the bound or below it; of the cost, how many calls were made in minutes (longer ago than six hours:
   * in hours) in which a call cost no more on average.
   */
  within(query: FiguresQuery & { figure: "duration" | "first_token" | "cost"; bound: number }): Promise<WithinRow[]>;
}

export interface ScoreRow {
  key: Readonly<Record<string, string | null>>;
  count: number;
  mean: number;
  /** How many are at the bound or above it. */
  at_least: number;
}

/** Records of kind score. */
export interface Scores {
  scores(query: FiguresQuery & { name: string; bound: number }): Promise<ScoreRow[]>;
}

/** Something that another room has noticed and that goes on for as long as it is told. */
export interface Finding {
  labels: Readonly<Record<string, string>>;
  value: number | null;
  /** Null where it is not one bound that makes it. */
  threshold: number | null;
  facts: Readonly<Record<string, string | number | null>>;
}

/** How long a kind of event takes until something can be done about it. */
export interface SignalState {
  signal: string;
  lag_ms: number;
  bound_ms: number;
  /** Beyond the bound, and not yet well again for long enough to count. */
  is_crossed: boolean;
}

/** Money that is capped, as governance knows it. */
export interface BudgetState {
  id: string;
  whose: string;
  cap: number;
  spent: number;
  starts_at_ms: number;
  renews_at_ms: number;
}

export interface AlertSources {
  figures: Figures;
  /** Left out where no scores are kept. */
  scores?: Scores | undefined;
  /** Of the drift room. */
  findings(): Promise<readonly Finding[]>;
  signals(): Promise<readonly SignalState[]>;
  budgets(): Promise<readonly BudgetState[]>;
}
