// What a run left behind: the record of its calls, and the books of its budget.
import type { CallRecord } from "../../src/ledger/contract.ts";
import type { Storage } from "../../src/storage/index.ts";

export interface Books {
  calls: CallRecord[];
  /** Micro-dollars, as the leases have it. */
  spent: number;
}

const PATIENCE_MS = 60_000;
/** The books are told of once a second. */
const QUIET_MS = 2500;

/** Waits until all that was answered is on record, and nothing changes any more. */
export async function readBooks(
  storage: Storage,
  { team, answered }: { team: string; answered: number },
): Promise<Books> {
  const startedMs = performance.now();
  let last = "";
  let quietSinceMs = startedMs;
  for (;;) {
    const books = await readOnce(storage, team);
    const now = `${books.calls.length} ${books.spent}`;
    if (now !== last) quietSinceMs = performance.now();
    last = now;
    const isComplete = books.calls.filter(({ status }) => status === 200).length >= answered;
    if (isComplete && performance.now() - quietSinceMs > QUIET_MS) return books;
    if (performance.now() - startedMs > PATIENCE_MS) throw new Error(`the record of ${team} does not become complete`);
    await Bun.sleep(100);
  }
}

async function readOnce({ pool }: Storage, team: string): Promise<Books> {
  const calls = await pool.query<{ data: CallRecord }>(
    "select data from ledger_records where data->'who'->>'team' = $1",
    [team],
  );
  const leases = await pool.query<{ spent: number }>(
    "select coalesce(sum(spent), 0)::bigint as spent from leases_leases where id = $1",
    [`usd/ever/team/${team}`],
  );
  return { calls: calls.rows.map(({ data }) => data), spent: leases.rows[0]?.spent ?? 0 };
}
