// Reads what is behind and answers from it in one snapshot: a sum that is made anew meanwhile is seen before or after, never half.
import type { Pool } from "pg";
import { type Grain, grains } from "../cubes.ts";
import type { Behind, Stretch } from "../reading/plan-pieces.ts";
import type { Statement } from "./read-statement.ts";

/** Histograms are merged in memory. To compile a statement over many partitions takes longer than to run it. */
const SETTINGS = "set local work_mem = '32MB'; set local jit = off";

type Row = Record<string, unknown>;

// Sums before the frozen moment stay as they are, so nothing there is behind.
const SELECT_BEHIND = `
  select grain, extract(epoch from at)::float8 * 1000 as at_ms
  from (
    select 'minute' as grain, minute as at from ledger_dirty_minutes
    union all
    select grain, at from ledger_sums_behind
  ) as behind
  where at >= $1 and at < $2 and at >= coalesce((select before from ledger_sums_frozen), '-infinity')`;

/** `makeStatement` sees what is behind within the stretch. */
export async function readRows(
  pool: Pool,
  { fromMs, untilMs, timeoutMs }: Stretch & { timeoutMs: number },
  makeStatement: (behind: Behind) => Statement,
): Promise<Row[]> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query(
      `begin isolation level repeatable read read only; ${SETTINGS}; set local statement_timeout = ${timeoutMs}`,
    );
    const { rows } = await client.query<{ grain: Grain; at_ms: number }>(SELECT_BEHIND, [
      new Date(fromMs),
      new Date(untilMs),
    ]);
    const { text, values } = makeStatement(behindOf(rows));
    const answer = await client.query<Row>(text, values);
    await client.query("commit");
    return answer.rows;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // A connection in the middle of a transaction is not given back.
    client.release(failure);
  }
}

function behindOf(rows: readonly { grain: Grain; at_ms: number }[]): Behind {
  const behind = Object.fromEntries(grains.map((grain) => [grain, new Set<number>()])) as Record<Grain, Set<number>>;
  for (const { grain, at_ms } of rows) behind[grain].add(at_ms);
  return behind;
}
