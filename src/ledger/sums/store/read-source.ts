// The rows that a question is answered from: kept sums of each grain, and records where these are behind, under the same names.
import type { SumBucket, SumDimension, SumWhere } from "../contract.ts";
import {
  ALL,
  columnOf,
  type CubeByGrain,
  type CubeName,
  figureColumns,
  type Grain,
  grainMs,
  grains,
  histogramColumns,
} from "../cubes.ts";
import type { Pieces, Stretch } from "../reading/plan-pieces.ts";
import { EACH_TAG, recordDimension, recordFigures, recordHistograms } from "./figures-of-records.ts";
import { noSpreads, spreadColumns } from "./percentiles.ts";
import { tableOf } from "./sum-statement.ts";

export interface SourcePlan {
  /** Whether durations and first_tokens are among the columns. */
  spreads: boolean;
  /** Undefined: all comes from the records. */
  cubes: CubeByGrain | undefined;
  pieces: Pieces;
  by: readonly SumDimension[];
  where: SumWhere;
  bucket: SumBucket;
}

/** Gathers parameters; each is named where it is used. */
export function createValues(): { values: unknown[]; put(value: unknown): string } {
  const values: unknown[] = [];
  return { values, put: (value) => `$${values.push(value)}` };
}

export type Values = ReturnType<typeof createValues>;

type Wanted = readonly (string | null)[];

/** Whether rows that have their percentiles ready are among the source's. */
export function hasReady({ spreads, cubes, pieces }: SourcePlan): boolean {
  return (
    spreads && cubes !== undefined && grains.some((grain) => cubes[grain] === "single" && pieces[grain].length > 0)
  );
}

/** Columns: at, series (one number for all keys), k0…, the figures, durations, first_tokens; their spreads where some are ready. */
export function sourceOf(plan: SourcePlan, values: Values): string {
  const { cubes, pieces } = plan;
  const parts =
    cubes === undefined ? [] : grains.flatMap((grain) => keptRows({ cube: cubes[grain], grain }, plan, values));
  const isRest = pieces.records.length > 0 || parts.length === 0;
  return [...parts, ...(isRest ? [recordRows(plan, values)] : [])].join("\n    union all");
}

function keptRows({ cube, grain }: { cube: CubeName; grain: Grain }, plan: SourcePlan, values: Values): string[] {
  const { pieces, by, where, bucket } = plan;
  if (pieces[grain].length === 0) return [];
  const isSingle = cube === "single";
  const columns = by.map((dimension) => (isSingle ? "value" : columnOf[dimension]));
  const conditions = wishesOf(where).map(([dimension, wanted]) =>
    isOneOf(isSingle ? "value" : columnOf[dimension], wanted, values),
  );
  const [named = ALL] = [...by, ...wishesOf(where).map(([dimension]) => dimension)];
  const ofSingle = isSingle ? [`dimension = ${values.put(named)}`] : [];
  const rows = `
    select ${bucketStart("at", bucket)} as at, ${keysOf(columns)}, ${[...figureColumns, ...histogramsOf(plan, isSingle)].join(", ")}
    from ${tableOf(cube, grain)}
    where ${[...ofSingle, within("at", pieces[grain], values), ...conditions].join(" and ")}`;
  return [rows];
}

function histogramsOf(plan: SourcePlan, isSingle: boolean): string[] {
  if (!plan.spreads) return [];
  return [...histogramColumns, ...(hasReady(plan) ? (isSingle ? spreadColumns : noSpreads) : [])];
}

function recordRows(plan: SourcePlan, values: Values): string {
  const { pieces, by, where, bucket, spreads } = plan;
  const histograms = spreads ? [...recordHistograms, ...(hasReady(plan) ? noSpreads : [])] : [];
  return `
    select ${bucketStart("started_at", bucket)} as at, ${keysOf(by.map(recordDimension))},
      ${[...recordFigures, ...histograms].join(", ")}
    from ledger_records
    ${by.includes("tag") ? EACH_TAG : ""}
    where ${recordConditions({ stretches: pieces.records, where, by }, values).join(" and ")}`;
}

interface RecordWishes {
  stretches: readonly Stretch[];
  where: SumWhere;
  /** By tag, each record comes once for each of its tags, as `tag`. */
  by: readonly SumDimension[];
}

/** What must hold of a record. */
export function recordConditions({ stretches, where, by }: RecordWishes, values: Values): string[] {
  const conditions = wishesOf(where).map(([dimension, wanted]) => {
    if (dimension !== "tag") return isOneOf(columnOf[dimension], wanted, values);
    return by.includes("tag") ? isOneOf("tag", wanted, values) : hasOneOf(wanted, values);
  });
  return [within("started_at", stretches, values), ...conditions];
}

function wishesOf(where: SumWhere): [SumDimension, Wanted][] {
  return (Object.entries(where) as [SumDimension, Wanted | undefined][]).flatMap(([dimension, wanted]) =>
    wanted === undefined ? [] : [[dimension, wanted]],
  );
}

function keysOf(columns: readonly string[]): string {
  const texts = columns.map((column) => `${column}::text`);
  const series = texts.length === 0 ? "0::bigint" : `hash_record_extended(row(${texts.join(", ")}), 0)`;
  return [`${series} as series`, ...texts.map((text, index) => `${text} as k${index}`)].join(", ");
}

/** Without buckets, one moment for all. */
function bucketStart(column: string, bucket: SumBucket): string {
  const origin = "timestamptz '2000-01-01 00:00:00Z'";
  return bucket === "none" ? origin : `date_bin(interval '${grainMs[bucket] / 1000} seconds', ${column}, ${origin})`;
}

function within(column: string, stretches: readonly Stretch[], values: Values): string {
  const dateOf = (ms: number): string => `${values.put(new Date(ms))}::timestamptz`;
  const each = stretches.map(
    ({ fromMs, untilMs }) => `(${column} >= ${dateOf(fromMs)} and ${column} < ${dateOf(untilMs)})`,
  );
  return each.length === 0 ? "false" : `(${each.join(" or ")})`;
}

/** Text columns as they are, so that an index may be used; the two others as text. */
function isOneOf(column: string, wanted: Wanted, values: Values): string {
  const text = column === "is_own" || column === "pattern" ? `${column}::text` : column;
  const isNone = wanted.includes(null) ? [`${column} is null`, ...(text === column ? [`${column} = ''`] : [])] : [];
  return `(${[...isNone, `${text} = any(${values.put(namesIn(wanted))}::text[])`].join(" or ")})`;
}

function hasOneOf(wanted: Wanted, values: Values): string {
  const isNone = wanted.includes(null) ? "coalesce(cardinality(tags), 0) = 0 or " : "";
  return `(${isNone}tags && ${values.put(namesIn(wanted))}::text[])`;
}

function namesIn(wanted: Wanted): string[] {
  return wanted.filter((value) => value !== null);
}
