// What is asked of PostgreSQL for somebody who waits: while it is away they are told so, and when to ask again.
import { isServerFault } from "../database-faults.ts";
import { ledgerErrors } from "../errors.ts";

const RETRY_AFTER_MS = 1000;

export type FromDatabase = <T>(ask: () => Promise<T>) => Promise<T>;

/** What PostgreSQL throws while it is away becomes `ledger.unavailable`. */
export function createFromDatabase(isAvailable: () => boolean): FromDatabase {
  return async (ask) => {
    if (!isAvailable()) throw ledgerErrors.unavailable({ retryAfterMs: RETRY_AFTER_MS });
    try {
      return await ask();
    } catch (cause) {
      if (isServerFault(cause)) throw ledgerErrors.unavailable({ retryAfterMs: RETRY_AFTER_MS }, cause);
      throw cause;
    }
  };
}
