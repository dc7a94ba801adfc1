// What was saved by leaving something out of a request.
import type { Attempt, CallRecord } from "../../ledger/contract.ts";
import type { Providers } from "../../providers/index.ts";

/** About what the input that was left out would have cost at the target that answered. */
export function savedBy(
  { input_tokens_before, input_tokens_after }: NonNullable<CallRecord["compression"]>,
  log: Attempt,
  providers: Pick<Providers, "price">,
): number | null {
  const input = Math.max(0, input_tokens_before - input_tokens_after);
  return providers.price(log, { input, output: 0, cache_read: 0, cache_write: 0, reasoning: 0 }).usd_micros;
}
