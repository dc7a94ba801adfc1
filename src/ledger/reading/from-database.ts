// What is asked of PostgreSQL for somebody who waits: while it is away they are told so, and when to ask again.
import { createWithDatabase, type WithDatabase } from "../../storage/index.ts";
import { ledgerErrors } from "../errors.ts";

/** What PostgreSQL throws while it is away becomes `ledger.unavailable`. */
export function createFromDatabase(isAvailable: () => boolean): WithDatabase {
  return createWithDatabase(isAvailable, ledgerErrors.unavailable);
}
