// The tables of sums by minute and by hour: made for their time when they are first needed, and let go when it is past.
import type { Pool, PoolClient } from "pg";
import { cubesIn, type Grain } from "../cubes.ts";
import { tableOf } from "./sum-statement.ts";

interface Span {
  name: string;
  fromMs: number;
  untilMs: number;
}

/** Beyond these years a clock was wrong: such sums go to the default table, not to one of their own. */
const YEARS = { first: 2020, last: 2099 };

/** Within a transaction that holds the roller's lock. */
export async function prepareTables(client: PoolClient, grain: Grain, times: readonly Date[]): Promise<void> {
  if (grain === "day") return;
  const spans = new Map(times.map((at) => spanOf(grain, at)).map((span) => [span.name, span]));
  for (const span of spans.values()) {
    const year = new Date(span.fromMs).getUTCFullYear();
    if (year < YEARS.first || year > YEARS.last) continue;
    for (const cube of cubesIn(grain)) {
      const table = tableOf(cube, grain);
      await client.query(`create table if not exists ${table}_${span.name} partition of ${table}
        for values from ('${new Date(span.fromMs).toISOString()}') to ('${new Date(span.untilMs).toISOString()}')`);
    }
  }
}

/** Minutes stand in tables of a day, hours in tables of a month. */
function spanOf(grain: "minute" | "hour", at: Date): Span {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  const isDay = grain === "minute";
  const fromMs = Date.UTC(year, month, isDay ? day : 1);
  const untilMs = isDay ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1, 1);
  const name = new Date(fromMs)
    .toISOString()
    .slice(0, isDay ? 10 : 7)
    .replaceAll("-", "");
  return { name, fromMs, untilMs };
}

/** Lets go of the tables whose time is before `beforeMs`. */
export async function dropTables(pool: Pool, grain: "minute" | "hour", beforeMs: number): Promise<void> {
  for (const cube of cubesIn(grain)) {
    const table = tableOf(cube, grain);
    const { rows } = await pool.query<{ name: string }>(
      "select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::regclass",
      [table],
    );
    for (const { name } of rows) {
      const endMs = endOf(grain, name);
      if (endMs !== undefined && endMs <= beforeMs) await pool.query(`drop table if exists ${name}`);
    }
    await pool.query(`delete from ${table}_default where at < $1`, [new Date(beforeMs)]);
  }
}

function endOf(grain: "minute" | "hour", table: string): number | undefined {
  const [, year, month, day = "01"] = /_(\d{4})(\d{2})(\d{2})?$/.exec(table) ?? [];
  if (year === undefined) return undefined;
  return spanOf(grain, new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))).untilMs;
}
