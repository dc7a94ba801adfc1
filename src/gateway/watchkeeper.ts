// Ends attempts that take too long, to their first token, between tokens or in all, and those whose caller has gone.
// It makes its round over all attempts in flight by one timer: a timer and a listener for each would cost a call more
// than all else that happens to it here (on Bun 1.4, 5 µs and 12 µs of 43; see docs/decisions/0011-watchkeeper.md).
import type { AppError, World } from "../kernel/index.ts";
import type { Thrown } from "../governance/index.ts";
import type { Target } from "../providers/index.ts";
import { gatewayErrors } from "./errors.ts";
import type { StoppableCall, Stopping } from "./switching/stopping.ts";

export interface WatchLimits {
  first_token_timeout: number;
  between_tokens_timeout: number;
  total_timeout: number;
}

/** A signal; or, where others wait for the same answer, something that knows of them all. */
export type HangUp = Pick<AbortSignal, "aborted">;

export interface Watched {
  target: string;
  limits: WatchLimits;
  /** Says whether everyone has hung up who waits for the answer. */
  hangUp: HangUp;
  /** What a kill switch may concern. */
  asked?: { call: StoppableCall; target: Target } | undefined;
  /** Called once, with the reason, unless the watch was stopped before. */
  end(reason: AppError): void;
}

export interface Watch {
  /** Something came from the vendor. */
  progress(): void;
  stop(): void;
}

export interface Watchkeeper {
  watch(attempt: Watched): Watch;
}

interface Entry extends Watched {
  startedMs: number;
  lastMs: number;
  hasBegun: boolean;
  place: number;
  /** These switches do not concern it. */
  clearOf: Thrown | undefined;
}

/** How late it may be, at the most. */
const ROUND_MS = 50;

const NOTHING_STOPS: Stopping = { thrown: undefined, ofCall: () => undefined, ofTarget: () => undefined };

export function createWatchkeeper(world: Pick<World, "monotonicMs">, stopping = NOTHING_STOPS): Watchkeeper {
  // An array, each entry knowing its place in it: what was deleted from a Set or Map, JavaScriptCore keeps alive until
  // its next full collection, with all that hangs on it, which is the whole call.
  const entries: Entry[] = [];
  let timer: ReturnType<typeof setInterval> | undefined;

  /** Says whether it was still there. */
  function remove(entry: Entry): boolean {
    if (entries[entry.place] !== entry) return false;
    const last = entries.pop();
    if (last && last !== entry) {
      entries[entry.place] = last;
      last.place = entry.place;
    }
    return true;
  }

  function makeRound(): void {
    if (entries.length === 0) {
      clearInterval(timer);
      timer = undefined;
    }
    const nowMs = world.monotonicMs();
    // Over a copy: whatever is removed changes places.
    for (const entry of entries.slice()) {
      const reason = entry.hangUp.aborted
        ? gatewayErrors.caller_gone({})
        : (stopped(entry, stopping) ?? overdue(entry, nowMs));
      if (reason && remove(entry)) entry.end(reason);
    }
  }

  return {
    watch(attempt) {
      const startedMs = world.monotonicMs();
      const place = entries.length;
      const entry: Entry = { ...attempt, startedMs, lastMs: startedMs, hasBegun: false, place, clearOf: undefined };
      entries.push(entry);
      timer ??= setInterval(makeRound, ROUND_MS);
      // What was switched off since it was planned is not even begun.
      const reason = stopped(entry, stopping);
      if (reason && remove(entry)) entry.end(reason);
      return {
        progress() {
          entry.lastMs = world.monotonicMs();
          entry.hasBegun = true;
        },
        stop: () => void remove(entry),
      };
    },
  };
}

function stopped(entry: Entry, stopping: Stopping): AppError | undefined {
  const { thrown } = stopping;
  if (entry.clearOf === thrown || !entry.asked) return undefined;
  const { call, target } = entry.asked;
  const reason = stopping.ofCall(call) ?? stopping.ofTarget(target);
  if (!reason) entry.clearOf = thrown;
  return reason;
}

function overdue({ target, limits, startedMs, lastMs, hasBegun }: Entry, nowMs: number): AppError | undefined {
  const { first_token_timeout, between_tokens_timeout, total_timeout } = limits;
  if (nowMs - startedMs >= total_timeout) return gatewayErrors.total_timeout({ target, timeoutMs: total_timeout });
  const silentMs = nowMs - lastMs;
  if (hasBegun && silentMs >= between_tokens_timeout)
    return gatewayErrors.silent_stream({ target, timeoutMs: between_tokens_timeout });
  if (!hasBegun && silentMs >= first_token_timeout)
    return gatewayErrors.first_token_timeout({ target, timeoutMs: first_token_timeout });
  return undefined;
}
