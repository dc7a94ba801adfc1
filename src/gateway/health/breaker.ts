// The circuit breaker of one target: closed while it serves; open, for a rest, when it failed too often; then half-open, when
// one call may try whether it is back. Each such try that fails doubles the rest. Its state is in the LiveTarget.
import type { HealthConfig } from "./config.ts";
import type { LiveTarget, OpenedWhy } from "./live-target.ts";
import type { TargetState } from "./target-state.ts";
import type { Verdict } from "./verdict.ts";

export interface BreakerDeps {
  config: Pick<HealthConfig, "window" | "breaker_failures" | "breaker_share" | "breaker_rest" | "breaker_rest_max">;
  random(): number;
}

/** `half_open` only while nobody tries yet: whoever asks may be the one. */
export function breakerOf({ restUntilMs, probeUntilMs }: LiveTarget, nowMs: number): TargetState["breaker"] {
  if (restUntilMs === 0) return "closed";
  return nowMs < restUntilMs || nowMs < probeUntilMs ? "open" : "half_open";
}

/** An attempt begins; says whether it tries for all others. Should it never end, another may try after as long a rest. */
export function beginProbe(live: LiveTarget, nowMs: number, { config }: BreakerDeps): boolean {
  if (live.restUntilMs === 0) return false;
  if (nowMs >= live.restUntilMs) live.probeUntilMs = nowMs + Math.max(live.restMs, config.breaker_rest);
  return true;
}

/** It says something again. Calls may come, on probation: until one is answered whole, one failure is enough to open. */
export function closeOnProbation(live: LiveTarget): void {
  live.restUntilMs = 0;
  live.probeUntilMs = 0;
  live.opened = null;
  live.ended = 0;
  live.faults = 0;
  live.faultsInRow = 0;
}

export interface End {
  verdict: Verdict;
  /** What `beginProbe` said. */
  isProbe: boolean;
  nowMs: number;
  askedMs: number;
}

/** An attempt has ended. */
export function noteEnd(live: LiveTarget, end: End, deps: BreakerDeps): void {
  switch (end.verdict) {
    case "answered":
      return noteAnswer(live, end.isProbe);
    case "fault":
      return noteFault(live, end.nowMs, deps);
    case "turned_away":
      return noteTurnedAway(live, end, deps);
    case "nothing":
      // Another may try in its place.
      if (end.isProbe) live.probeUntilMs = 0;
  }
}

/** An attempt was answered whole. */
function noteAnswer(live: LiveTarget, isProbe: boolean): void {
  live.ended += 1;
  live.faultsInRow = 0;
  live.turnedAwayInRow = 0;
  if (isProbe && live.restUntilMs !== 0) closeOnProbation(live);
  if (live.restUntilMs === 0) live.restMs = 0;
}

/** An attempt failed, and its target is to blame. */
function noteFault(live: LiveTarget, nowMs: number, deps: BreakerDeps): void {
  const { window, breaker_failures, breaker_share } = deps.config;
  live.ended += 1;
  live.faults += 1;
  live.faultsInRow = nowMs - live.lastFaultMs > window ? 1 : live.faultsInRow + 1;
  live.lastFaultMs = nowMs;
  if (breaker_failures === 0 || nowMs < live.restUntilMs) return;
  const isOnTrial = live.restMs !== 0;
  const isDown = live.faultsInRow >= breaker_failures;
  const isUnsteady = live.faults >= breaker_failures && live.faults >= breaker_share * live.ended;
  if (isOnTrial || isDown || isUnsteady) {
    noteOpening(live, nowMs, isOnTrial ? "failed_on_probation" : isDown ? "failures_in_row" : "failure_share");
    open(live, nowMs, deps);
  }
}

/** Its quota is used up, or our key is not accepted. When that goes on, there is no use in asking for every call. */
function noteTurnedAway(live: LiveTarget, { nowMs, isProbe, askedMs }: End, { config, random }: BreakerDeps): void {
  const { breaker_failures, breaker_rest, breaker_rest_max } = config;
  live.turnedAwayInRow += 1;
  if (breaker_failures === 0 || nowMs < live.restUntilMs) return;
  if (isProbe || live.turnedAwayInRow >= breaker_failures) {
    noteOpening(live, nowMs, "turned_away");
    rest(live, nowMs, Math.min(breaker_rest_max, askedMs || breaker_rest) * jitter(random));
  }
}

/** Of one that is open already, what opened it still holds. */
function noteOpening(live: LiveTarget, atMs: number, why: OpenedWhy): void {
  live.opened ??= { atMs, why };
}

function open(live: LiveTarget, nowMs: number, { config, random }: BreakerDeps): void {
  live.restMs = Math.min(config.breaker_rest_max, live.restMs === 0 ? config.breaker_rest : 2 * live.restMs);
  rest(live, nowMs, live.restMs * jitter(random));
}

function rest(live: LiveTarget, nowMs: number, forMs: number): void {
  live.restUntilMs = nowMs + forMs;
  live.probeUntilMs = 0;
}

// Not all processes at the same moment.
function jitter(random: () => number): number {
  return JITTER_LEAST + random() * (JITTER_MOST - JITTER_LEAST);
}

const JITTER_LEAST = 0.8;
const JITTER_MOST = 1.2;
