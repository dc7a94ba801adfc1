// What is asked of the database for somebody who waits: while it is away they are told so.
import { isAppError } from "../../kernel/index.ts";
import { alertsErrors } from "../errors.ts";

export type WithDatabase = <T>(ask: () => Promise<T>) => Promise<T>;

const RETRY_AFTER_MS = 1000;

/** What the database throws while it is away becomes `alerts.unavailable`. */
export function createWithDatabase(isAvailable: () => boolean): WithDatabase {
  return async (ask) => {
    if (!isAvailable()) throw alertsErrors.unavailable({ retryAfterMs: RETRY_AFTER_MS });
    try {
      return await ask();
    } catch (error) {
      if (isAppError(error) || isAvailable()) throw error;
      throw alertsErrors.unavailable({ retryAfterMs: RETRY_AFTER_MS }, error);
    }
  };
}
