// Samples of the record, from PostgreSQL alone: whoever compares weeks does not miss the last second.
import type { RecordSample, SampleQuery, Sampling } from "../store/sampling.ts";
import { createFromDatabase } from "./from-database.ts";

/** Throws `ledger.unavailable` while PostgreSQL is away. */
export function createSampleRecords(
  store: Sampling,
  isAvailable: () => boolean,
): (query: SampleQuery) => Promise<RecordSample[]> {
  const fromDatabase = createFromDatabase(isAvailable);
  return (query) => fromDatabase(() => store.sampleRecords(query));
}
