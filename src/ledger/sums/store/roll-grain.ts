// One turn of summing, in one transaction: some minutes whose records changed, or hours or days whose parts did. Whoever has the
// lock sums; others leave it to them. A minute that is marked again meanwhile stays marked.
import type { Pool, PoolClient } from "pg";
import { cubesIn, type Grain, grainMs } from "../cubes.ts";
import { floorTo, type KeptSince } from "../reading/plan-pieces.ts";
import { prepareTables } from "./keep-tables.ts";
import { type SumSource, sumStatement, tableOf } from "./sum-statement.ts";

export interface Turn {
  grain: Grain;
  /** Only what was over before this. */
  overBeforeMs: number;
  /** Moments in one turn. */
  most: number;
  keptSince: KeptSince;
}

/** Any number that nobody else uses on this database. */
const ROLLER_LOCK = 0x73_75_6d_73;

/** Enough that what a turn sums is sorted and merged in memory. */
const WORK_MEMORY = "32MB";

interface Moment {
  at: Date;
  marks: number;
}

/** How many moments were summed; undefined when another process is at it. */
export async function rollTurn(pool: Pool, turn: Turn): Promise<number | undefined> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query(`begin; set local work_mem = '${WORK_MEMORY}'`);
    const { rows } = await client.query<{ is_mine: boolean }>("select pg_try_advisory_xact_lock($1) as is_mine", [
      ROLLER_LOCK,
    ]);
    const done = rows[0]?.is_mine === true ? await rollIn(client, turn) : undefined;
    await client.query("commit");
    return done;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(failure);
  }
}

async function rollIn(client: PoolClient, turn: Turn): Promise<number> {
  const moments = await behindIn(client, turn);
  if (moments.length === 0) return 0;
  await makeAnew(client, turn, moments);
  await forget(client, turn, moments);
  return moments.length;
}

async function behindIn(client: PoolClient, { grain, overBeforeMs, most }: Turn): Promise<Moment[]> {
  const overBefore = new Date(floorTo(grain, overBeforeMs));
  // A day waits for its hours, an hour for its minutes: else it would be made twice.
  const text =
    grain === "minute"
      ? "select minute as at, marks from ledger_dirty_minutes where minute < $1 order by minute limit $2"
      : `select at, 0 as marks from ledger_sums_behind as behind
        where grain = '${grain}' and at < $1
          and not exists (
            select from ledger_dirty_minutes
            where minute >= behind.at and minute < behind.at + interval '${grainMs[grain] / 1000} seconds'
          )
          and not exists (
            select from ledger_sums_behind as part
            where part.grain = 'hour' and behind.grain = 'day'
              and part.at >= behind.at and part.at < behind.at + interval '1 day'
          )
        order by at limit $2`;
  return (await client.query<Moment>(text, [overBefore, most])).rows;
}

async function makeAnew(client: PoolClient, { grain, keptSince }: Turn, moments: readonly Moment[]): Promise<void> {
  const frozenMs = await frozenBefore(client);
  const open = moments.map(({ at }) => at).filter((at) => at.getTime() >= frozenMs);
  if (grain !== "day") await markAbove(client, grain, open);
  for (const { from, times } of sourcesFor(grain, open, keptSince)) {
    if (times.length === 0) continue;
    await prepareTables(client, grain, times);
    for (const cube of cubesIn(grain)) {
      await client.query(`delete from ${tableOf(cube, grain)} where at = any($1::timestamptz[])`, [times]);
      await client.query(sumStatement({ cube, into: grain, from, times }));
    }
  }
}

/** From the next finer sums while there are any of that time, else from the records. Old minutes are not kept at all. */
function sourcesFor(grain: Grain, times: readonly Date[], since: KeptSince): { from: SumSource; times: Date[] }[] {
  const after = (ms: number) => times.filter((at) => at.getTime() >= ms);
  const before = (ms: number) => times.filter((at) => at.getTime() < ms);
  if (grain === "minute") return [{ from: "records", times: after(since.minute) }];
  const finer = grain === "hour" ? "minute" : "hour";
  const isKept = grain === "hour" ? after(since.hour) : times;
  return [
    { from: finer, times: isKept.filter((at) => at.getTime() >= since[finer]) },
    { from: "records", times: before(since[finer]).filter((at) => isKept.includes(at)) },
  ];
}

async function markAbove(client: PoolClient, grain: "minute" | "hour", times: readonly Date[]): Promise<void> {
  const above = grain === "minute" ? "hour" : "day";
  const starts = new Set(times.map((at) => floorTo(above, at.getTime())));
  await client.query(
    "insert into ledger_sums_behind (grain, at) select $1, unnest($2::timestamptz[]) on conflict do nothing",
    [above, [...starts].map((ms) => new Date(ms))],
  );
}

/** Unless it was marked again since it was read: then the projector's records may not be in the sum. */
async function forget(client: PoolClient, { grain }: Turn, moments: readonly Moment[]): Promise<void> {
  const times = moments.map(({ at }) => at);
  if (grain !== "minute") {
    const text = "delete from ledger_sums_behind where grain = $1 and at = any($2::timestamptz[])";
    await client.query(text, [grain, times]);
    return;
  }
  // In the order in which the projector marks them, so that the two cannot wait for each other.
  const text = `
    with seen as (select * from unnest($1::timestamptz[], $2::bigint[]) as seen(at, marks)),
    same as (
      select dirty.minute from ledger_dirty_minutes as dirty join seen on dirty.minute = seen.at
      where dirty.marks = seen.marks
      order by dirty.minute
      for update of dirty
    )
    delete from ledger_dirty_minutes as dirty using same, seen
    where dirty.minute = same.minute and seen.at = dirty.minute and dirty.marks = seen.marks`;
  await client.query(text, [times, moments.map(({ marks }) => marks)]);
}

async function frozenBefore(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ before: Date }>("select before from ledger_sums_frozen");
  return rows[0]?.before.getTime() ?? Number.NEGATIVE_INFINITY;
}
