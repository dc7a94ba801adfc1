// What is asked of the database for somebody who waits: while it is away they are told so, and when to ask again.
import type { AppError } from "../../kernel/index.ts";
import { storageErrors } from "../errors.ts";
import { isServerFault, isTimeOut } from "./faults.ts";

export type WithDatabase = <T>(ask: () => Promise<T>) => Promise<T>;

/** What a room says while the database is away. */
type Unavailable = (when: { retryAfterMs: number }, cause?: unknown) => AppError;

const RETRY_AFTER_MS = 1000;

/**
 * What the database throws while it is away becomes `unavailable`, a statement that took too long `storage.took_too_long`; every other
 * error stays what it is.
 */
export function createWithDatabase(isAvailable: () => boolean, unavailable: Unavailable): WithDatabase {
  return async (ask) => {
    if (!isAvailable()) throw unavailable({ retryAfterMs: RETRY_AFTER_MS });
    try {
      return await ask();
    } catch (error) {
      if (isTimeOut(error)) throw storageErrors.took_too_long({}, error);
      throw isServerFault(error) ? unavailable({ retryAfterMs: RETRY_AFTER_MS }, error) : error;
    }
  };
}
