// How far the sums are behind, and where they are frozen.
import type { Pool } from "pg";

export interface RollState {
  waitingMinutes: number;
  /** The end of the oldest minute that is not summed. */
  oldestMs: number | undefined;
}

/** Minutes that were over by then. */
export async function readRollState(pool: Pool, overBeforeMs: number): Promise<RollState> {
  const { rows } = await pool.query<{ waiting: number; oldest: Date | null }>(
    `select count(*)::bigint as waiting, min(minute) + interval '1 minute' as oldest
    from ledger_dirty_minutes where minute + interval '1 minute' <= $1`,
    [new Date(overBeforeMs)],
  );
  return { waitingMinutes: rows[0]?.waiting ?? 0, oldestMs: rows[0]?.oldest?.getTime() };
}

/** It only ever moves on. */
export async function freezeBefore(pool: Pool, beforeMs: number): Promise<void> {
  await pool.query(
    `insert into ledger_sums_frozen (before) values ($1)
    on conflict (only_one) do update set before = greatest(ledger_sums_frozen.before, excluded.before)`,
    [new Date(beforeMs)],
  );
}
