// Whether a hash is one of a key's: compared in a time that says nothing about how much of it was right, or which one.
import { timingSafeEqual } from "node:crypto";
import type { StoredKey } from "./store.ts";

/** As long as a hash, and of no key. */
const NO_HASH = "-".repeat(64);

type Hashes = Pick<StoredKey, "hash" | "previous_hash" | "previous_until_ms">;

/** The present secret's hash, or, until the overlap ends, the one before. Both are always compared, whatever the first one says. */
export function isHashOf(
  { hash, previous_hash, previous_until_ms }: Hashes,
  given: string,
  { nowMs, isEqual = timingSafeEqual }: { nowMs: number; isEqual?: (left: Buffer, right: Buffer) => boolean },
): boolean {
  const isSame = (one: string): boolean => one.length === given.length && isEqual(Buffer.from(one), Buffer.from(given));
  const isPresent = isSame(hash);
  const isPrevious = isSame(previous_hash ?? NO_HASH);
  return isPresent || (isPrevious && previous_until_ms !== null && previous_until_ms > nowMs);
}
