// After a failed attempt: is there a next one, and how long to wait before it? Together with routing/ this is the whole retry
// policy. It waits only for a target that this call has tried already.
import type { AppError, World } from "../../kernel/index.ts";
import type { GatewayConfig } from "../config.ts";
import type { Health } from "./health.ts";
import { nextUsable } from "./next-usable.ts";
import { isTurnedAway } from "./verdict.ts";
import type { PlannedAttempt } from "../routing/plan-shape.ts";

export interface NextAttempt {
  /** Its place in the plan. */
  place: number;
  waitMs: number;
}

export interface RetryDeps {
  config: GatewayConfig;
  world: World;
  health: Health;
}

/** `place` is that of the attempt that failed. Undefined: give up and report the error. */
export function waitBeforeNext(
  error: AppError,
  { attempts, place }: { attempts: readonly PlannedAttempt[]; place: number },
  deps: RetryDeps,
): NextAttempt | undefined {
  if (error.retry === "never") return undefined;
  const nextPlace = nextUsable(attempts, place + 1, deps);
  const next = attempts[nextPlace]?.target;
  if (!next) return undefined;
  const triesBefore = attempts.slice(0, place + 1).filter(({ target }) => target.id === next.id).length;
  if (triesBefore === 0) return { place: nextPlace, waitMs: 0 };
  const isSame = next.id === attempts[place]?.target.id;
  if (isSame && isTurnedAway(error.code)) {
    const { credentials } = next.vendor;
    if (credentials.size > 1 && credentials.isReady(deps.world.monotonicMs())) return { place: nextPlace, waitMs: 0 };
    // Not when our only credential is the trouble.
    if (error.code === "providers.vendor_denied") return undefined;
  }
  const waitMs = waitFor(triesBefore, (isSame && error.retryAfterMs) || 0, deps);
  return waitMs !== undefined && deps.health.takeRetry(next) ? { place: nextPlace, waitMs } : undefined;
}

/** Not sooner than the vendor asked; by chance, so that calls that failed together do not come back together. */
function waitFor(triesBefore: number, askedMs: number, { config, world }: RetryDeps): number | undefined {
  if (askedMs > config.backoff_max) return undefined;
  const backoffMs = Math.min(config.backoff_max, config.backoff_base * 2 ** (triesBefore - 1));
  return askedMs + world.random() * backoffMs;
}
