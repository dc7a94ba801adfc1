// Ends an attempt that takes too long: to its first token, between tokens, or in all. One timer an attempt, armed again
// only when it fires, so that a token costs one assignment.
import { type AppError, type World } from "../kernel/index.ts";
import { gatewayErrors } from "./errors.ts";

export interface StallWatch {
  /** Something came. */
  progress(): void;
  stop(): void;
}

export interface StallLimits {
  first_token_timeout: number;
  between_tokens_timeout: number;
  total_timeout: number;
}

/** Calls `onStall` once, with the reason, unless stopped before. */
export function watchForStall(
  target: string,
  limits: StallLimits,
  { world, onStall }: { world: World; onStall: (error: AppError) => void },
): StallWatch {
  const startedMs = world.monotonicMs();
  let lastMs = startedMs;
  let hasBegun = false;
  let timer = setTimeout(check, Math.min(limits.first_token_timeout, limits.total_timeout));

  function check(): void {
    const nowMs = world.monotonicMs();
    const silenceMax = hasBegun ? limits.between_tokens_timeout : limits.first_token_timeout;
    const leftMs = Math.min(lastMs + silenceMax, startedMs + limits.total_timeout) - nowMs;
    if (leftMs > 0) {
      timer = setTimeout(check, Math.ceil(leftMs));
      return;
    }
    if (nowMs - startedMs >= limits.total_timeout)
      onStall(gatewayErrors.total_timeout({ target, timeoutMs: limits.total_timeout }));
    else if (hasBegun) onStall(gatewayErrors.silent_stream({ target, timeoutMs: silenceMax }));
    else onStall(gatewayErrors.first_token_timeout({ target, timeoutMs: silenceMax }));
  }

  return {
    progress() {
      lastMs = world.monotonicMs();
      if (hasBegun) return;
      hasBegun = true;
      clearTimeout(timer);
      timer = setTimeout(check, limits.between_tokens_timeout);
    },
    stop: () => clearTimeout(timer),
  };
}
