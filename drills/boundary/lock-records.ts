// Holds up what carries records into PostgreSQL, and nothing else: the table that they go to is locked.
import type { Storage } from "../../src/storage/index.ts";

/** Returns the way to let go. */
export async function lockRecords({ pool }: Pick<Storage, "pool">): Promise<() => Promise<void>> {
  const connection = await pool.connect();
  await connection.query("begin");
  await connection.query("lock table ledger_records in access exclusive mode");
  return async () => {
    await connection.query("rollback");
    connection.release();
  };
}
