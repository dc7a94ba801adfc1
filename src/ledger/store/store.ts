// The ledger's store: taking batches in, and reading records and bodies back.
import type { Storage } from "../../storage/index.ts";
import { createReading, type Reading } from "./reading.ts";
import { createSampling, type Sampling } from "./sampling.ts";
import { createTaking, type Taking } from "./taking.ts";

export interface LedgerStore extends Taking, Reading, Sampling {}

/** `searchTimeoutMs` is for lists with a filter. */
export function createLedgerStore(storage: Storage, searchTimeoutMs = 10_000): LedgerStore {
  return { ...createTaking(storage), ...createReading(storage, searchTimeoutMs), ...createSampling(storage) };
}
