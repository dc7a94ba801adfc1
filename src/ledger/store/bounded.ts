// A search that is given up when it takes too long: what is looked for is other people's choice.
import { type Kysely, sql, type Transaction } from "kysely";
import { isTimeOut } from "../../storage/index.ts";
import { ledgerErrors } from "../errors.ts";

/** Each statement of `work` may take so long. Throws `ledger.search_too_long`. */
export async function withinTime<Tables, T>(
  db: Kysely<Tables>,
  timeoutMs: number,
  work: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  try {
    return await db.transaction().execute(async (transaction) => {
      // To compile a query over thirty partitions to machine code takes longer than to run it.
      await sql`select set_config('statement_timeout', ${String(timeoutMs)}, true), set_config('jit', 'off', true)`.execute(
        transaction,
      );
      return work(transaction);
    });
  } catch (error) {
    if (isTimeOut(error)) throw ledgerErrors.search_too_long({ timeout_ms: timeoutMs }, error);
    throw error;
  }
}
