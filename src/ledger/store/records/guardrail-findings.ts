// What guardrails found in the calls of a time, counted: how many calls, of which kinds, what became of them by the hour; and the finds
// themselves, by guardrail, kind, what then happened, side and vendor. Calls with finds are few, and have an index.
import { type RawBuilder, sql } from "kysely";
import type { World } from "../../../kernel/index.ts";
import type { Storage } from "../../../storage/index.ts";
import type { LedgerConfig } from "../../config.ts";
import { ledgerErrors } from "../../errors.ts";
import type { Filter } from "../../filter/filter.ts";
import { readFilter } from "../../filter/read-filter.ts";
import { type RecordScope, withinScope } from "../../filter/scope.ts";
import { createFromDatabase } from "../../reading/from-database.ts";
import type { SumBucket } from "../../sums/contract.ts";
import { grainMs } from "../../sums/cubes.ts";
import { withinTime } from "../bounded.ts";
import { hasFindings } from "../compile-filter.ts";
import { dateAt } from "../tables.ts";
import { passesFilter } from "./search.ts";

export interface GuardrailFindingsQuery {
  /** By default a day before the end. */
  since_ms?: number | undefined;
  /** Exclusive; by default now. */
  until_ms?: number | undefined;
  /** Of the times of `outcomes`. */
  bucket: SumBucket;
  filter?: string | undefined;
  /** Of kinds, and of finds. */
  limit: number;
}

export interface GuardrailFinding {
  name: string;
  kind: string;
  outcome: string;
  side: string;
  vendor: string | null;
  count: number;
}

export interface GuardrailFindings {
  since_ms: number;
  until_ms: number;
  /** In which something was found. */
  calls: number;
  /** The most frequent first; a call may have several. */
  kinds: { kind: string; calls: number }[];
  /** In the order of time; without buckets it is null. */
  outcomes: { at_ms: number | null; outcome: string; calls: number }[];
  findings: GuardrailFinding[];
}

/** Throws `ledger.sums_bad_query`, `ledger.bad_filter` and its like, `ledger.search_too_long`, `ledger.unavailable`. */
export type CountGuardrailFindings = (
  query: GuardrailFindingsQuery,
  within?: RecordScope,
) => Promise<GuardrailFindings>;

type Counted = Omit<GuardrailFindings, "since_ms" | "until_ms">;

interface Asked extends Pick<GuardrailFindingsQuery, "bucket" | "limit"> {
  sinceMs: number;
  untilMs: number;
  filter: Filter;
}

const NONE: Counted = { calls: 0, kinds: [], outcomes: [], findings: [] };
const BUCKETS_MAX = 1000;

export function createGuardrailFindings(
  { filter: bounds, timeout }: LedgerConfig["reading"],
  { storage, world }: { storage: Storage; world: Pick<World, "nowMs"> },
): CountGuardrailFindings {
  const db = storage.tables<Record<string, never>>();
  const fromDatabase = createFromDatabase(storage.isAvailable);
  return async ({ bucket, limit, ...query }, within) => {
    const untilMs = query.until_ms ?? Math.trunc(world.nowMs());
    const sinceMs = query.since_ms ?? untilMs - grainMs.day;
    const filter = withinScope(readFilter(query.filter ?? "", bounds), within);
    const counting = countingOf({ sinceMs, untilMs, filter, bucket, limit });
    const counted = await fromDatabase(() => withinTime(db, timeout, (transaction) => counting.execute(transaction)));
    return { since_ms: sinceMs, until_ms: untilMs, ...(counted.rows[0] ?? NONE) };
  };
}

function countingOf({ sinceMs, untilMs, filter, bucket, limit }: Asked): RawBuilder<Counted> {
  const widthMs = widthOf({ sinceMs, untilMs, bucket });
  const at =
    widthMs === undefined ? sql`null` : sql`floor(extract(epoch from r.started_at) * 1000 / ${widthMs}) * ${widthMs}`;
  return sql<Counted>`
    with found as materialized (
      select r.id, (${at})::float8 as at_ms, r.vendor, coalesce(entry ->> 'name', '') as name,
        coalesce(entry ->> 'kind', '') as kind, coalesce(entry ->> 'outcome', '') as outcome, coalesce(entry ->> 'side', '') as side
      from ledger_records as r,
        json_array_elements(case when json_typeof(r.data -> 'guardrails') = 'array' then r.data -> 'guardrails' else '[]' end) as entry
      where r.started_at >= ${dateAt(sinceMs)} and r.started_at < ${dateAt(untilMs)} and r.is_own
        and ${hasFindings(sql.ref("r.data"))} and ${passesFilter({ sinceMs, untilMs, filter })}
    ),
    kinds as (select kind, count(distinct id) as calls from found group by kind order by calls desc, kind limit ${limit}),
    outcomes as (select at_ms, outcome, count(distinct id) as calls from found group by 1, 2 order by 1, 2),
    findings as (
      select name, kind, outcome, side, vendor, count(*) as count from found
      group by 1, 2, 3, 4, 5 order by count desc, 1, 2, 3, 4, 5 limit ${limit}
    )
    select (select count(distinct id) from found)::float8 as calls,
      (select coalesce(json_agg(kinds), '[]') from kinds) as kinds,
      (select coalesce(json_agg(outcomes), '[]') from outcomes) as outcomes,
      (select coalesce(json_agg(findings), '[]') from findings) as findings`;
}

function widthOf({ sinceMs, untilMs, bucket }: Omit<Asked, "filter" | "limit">): number | undefined {
  if (!(sinceMs < untilMs)) throw ledgerErrors.sums_bad_query({ why: "since_ms is not before until_ms" });
  if (bucket === "none") return undefined;
  const buckets = Math.ceil((untilMs - sinceMs) / grainMs[bucket]);
  if (buckets > BUCKETS_MAX)
    throw ledgerErrors.sums_bad_query({ why: `that is ${buckets} buckets, and ${BUCKETS_MAX} is the most` });
  return grainMs[bucket];
}
