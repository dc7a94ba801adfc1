// After a failed attempt: is there a next one, and how long to wait before it? Pure; together with plan.ts this is the
// whole retry policy.
import type { AppError, World } from "../kernel/index.ts";
import type { GatewayConfig } from "./config.ts";
import type { PlannedAttempt } from "./plan.ts";

export interface NextAttempt {
  /** How many places further in the plan. */
  skip: number;
  waitMs: number;
}

/** `rest` begins with the attempt that failed. Undefined: give up and report the error. */
export function waitBeforeNext(
  error: AppError,
  rest: readonly PlannedAttempt[],
  { config, world }: { config: GatewayConfig; world: World },
): NextAttempt | undefined {
  if (error.retry === "never") return undefined;
  const failed = rest[0]?.target.id;
  const next = rest[1];
  if (!next) return undefined;
  if (next.target.id !== failed) return { skip: 1, waitMs: 0 };
  const { credentials } = next.target.vendor;
  const isCredentialsTrouble =
    error.code === "providers.vendor_denied" || error.code === "providers.vendor_rate_limited";
  if (isCredentialsTrouble && credentials.isReady(world.monotonicMs()) && credentials.size > 1)
    return { skip: 1, waitMs: 0 };
  // The same target again: not when our credential is the trouble, and not sooner than it asked.
  if (error.code === "providers.vendor_denied") return undefined;
  const asked = error.retryAfterMs ?? 0;
  if (asked > config.backoff_max) return undefined;
  const tried = rest.length > 0 ? config.attempts_max - rest.length : 0;
  const backoff = Math.min(config.backoff_max, config.backoff_base * 2 ** tried);
  return { skip: 1, waitMs: Math.max(asked, backoff * (0.5 + world.random() / 2)) };
}
