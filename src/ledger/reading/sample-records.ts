// Samples of the record, from PostgreSQL alone: whoever compares weeks does not miss the last second.
import { isServerFault } from "../database-faults.ts";
import { ledgerErrors } from "../errors.ts";
import type { RecordSample, SampleQuery, Sampling } from "../store/sampling.ts";

const RETRY_AFTER_MS = 1000;

/** Throws `ledger.unavailable` while PostgreSQL is away. */
export function createSampleRecords(
  store: Sampling,
  isAvailable: () => boolean,
): (query: SampleQuery) => Promise<RecordSample[]> {
  return async (query) => {
    if (!isAvailable()) throw ledgerErrors.unavailable({ retryAfterMs: RETRY_AFTER_MS });
    try {
      return await store.sampleRecords(query);
    } catch (cause) {
      if (isServerFault(cause)) throw ledgerErrors.unavailable({ retryAfterMs: RETRY_AFTER_MS }, cause);
      throw cause;
    }
  };
}
