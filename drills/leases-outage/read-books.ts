// What stands in the database: the leases of all processes, and the record of all calls.
import type { CallRecord } from "../../src/ledger/contract.ts";
import type { Storage } from "../../src/storage/index.ts";

/** Of one team's money at one process. */
export interface Lease {
  team: string;
  holder: string;
  /** What it was granted and has not given back, used or not. */
  granted: number;
  spent: number;
}

export async function readLeases({ pool }: Storage): Promise<Lease[]> {
  const { rows } = await pool.query<{ id: string; holder: string; granted: string; spent: string }>(
    "select id, holder, granted - returned as granted, spent from leases_leases where id like 'usd/ever/team/%'",
  );
  return rows.map(({ id, holder, granted, spent }) => ({
    team: id.slice("usd/ever/team/".length),
    holder,
    granted: Number(granted),
    spent: Number(spent),
  }));
}

export async function readRecords({ pool }: Storage): Promise<ReadonlyMap<string, CallRecord>> {
  const { rows } = await pool.query<{ data: CallRecord }>("select data from ledger_records");
  return new Map(rows.map(({ data }) => [data.id, data]));
}

const PATIENCE_MS = 60_000;
/** The books are told of once a second. */
const QUIET_MS = 3000;

/** Waits until nothing changes in them any more. */
export async function untilQuiet(storage: Storage): Promise<void> {
  const startedMs = performance.now();
  let last = "";
  let quietSinceMs = startedMs;
  while (performance.now() - quietSinceMs < QUIET_MS) {
    if (performance.now() - startedMs > PATIENCE_MS) throw new Error("the books do not come to rest");
    const now = JSON.stringify([(await readRecords(storage)).size, await readLeases(storage)]);
    if (now !== last) quietSinceMs = performance.now();
    last = now;
    await Bun.sleep(250);
  }
}
