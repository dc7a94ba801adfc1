// What is asked of the database for somebody who waits: while it is away they are told so.
import { isAppError } from "../kernel/index.ts";
import { identityErrors } from "./errors.ts";

export type WithDatabase = <T>(ask: () => Promise<T>) => Promise<T>;

const RETRY_AFTER_MS = 1000;

/** What the database throws while it is away becomes `identity.unavailable`. */
export function createWithDatabase(isAvailable: () => boolean): WithDatabase {
  return async (ask) => {
    if (!isAvailable()) throw identityErrors.unavailable({ retryAfterMs: RETRY_AFTER_MS });
    try {
      return await ask();
    } catch (error) {
      if (isAppError(error) || isAvailable()) throw error;
      throw identityErrors.unavailable({ retryAfterMs: RETRY_AFTER_MS }, error);
    }
  };
}
