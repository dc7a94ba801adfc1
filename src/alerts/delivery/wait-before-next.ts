// How long a message waits before it is tried again: longer each time, never all at once, and as long as the receiver asks.
import type { World } from "../../kernel/index.ts";
import type { DeliveryConfig } from "../config.ts";

/** Beyond this the doubling is above any longest wait. */
const DOUBLINGS_MAX = 40;

/**
 * Undefined where it would come after the message is given up. `attempts` counts those made so far, 1 or more. Of the wait the
 * second half is left to chance, so that many messages do not come back together.
 */
export function waitBeforeNext(
  { attempts, ageMs, retryAfterMs = 0 }: { attempts: number; ageMs: number; retryAfterMs?: number | undefined },
  config: Pick<DeliveryConfig, "wait" | "wait_max" | "give_up_after">,
  { random }: Pick<World, "random">,
): number | undefined {
  const doubled = config.wait * 2 ** Math.min(attempts - 1, DOUBLINGS_MAX);
  const longest = Math.min(doubled, config.wait_max);
  const waitMs = Math.max(longest * (0.5 + random() / 2), retryAfterMs);
  return ageMs + waitMs > config.give_up_after ? undefined : Math.round(waitMs);
}
