// How the targets are doing, learnt from the calls that go to them; and from probes where there are any. Routing reads it, attempts
// tell it, and what follows from it is decided in complete.ts and wait-before-next.ts. It makes no timers and no promises: a
// call pays for a look-up and some arithmetic.
import { LRUCache } from "lru-cache";
import type { World } from "../../kernel/index.ts";
import type { Target } from "../../providers/index.ts";
import type { TargetHealth } from "../contract.ts";
import { beginProbe, type BreakerDeps, breakerOf, closeOnProbation, noteEnd } from "./breaker.ts";
import type { HealthConfig } from "./config.ts";
import { believed, createLiveTarget, fade, type LiveTarget, noteFirstToken, notePerToken } from "./live-target.ts";
import { type TargetState, untried } from "./target-state.ts";
import type { Verdict } from "./verdict.ts";

/** An attempt that is under way, as health sees it. */
export interface Trial {
  readonly live: LiveTarget;
  readonly isProbe: boolean;
  isOver: boolean;
}

/** What only probes ask. */
export interface HealthForProbes {
  /** Since an attempt began; without end where none ever did. */
  idleMs(target: Target): number;
  /** A rest is over before its time, for one who tries whether the target is back. */
  endRest(target: Target): void;
  /** It is there, and that is all that is known: callers may come, on probation. */
  reached(trial: Trial): void;
}

/** What is told to people. */
export interface HealthForReaders {
  /** Ids of all targets that attempts went to, of those that are kept in mind. */
  known(): string[];
  view(target: Target): HealthView;
}

export type HealthView = Omit<TargetHealth, "target" | "vendor" | "model" | "process">;

export interface Health extends HealthForProbes, HealthForReaders {
  /** For routing. */
  stateOf(target: Target): TargetState;
  /** Whether its breaker lets a call through. */
  admits(target: Target): boolean;
  /** Milliseconds until the first of them may be tried again. */
  restOf(targets: Iterable<Target>): number;
  /** Each trial is ended, once; what comes after that is ignored. */
  begin(target: Target): Trial;
  /** The first token is there. */
  heard(trial: Trial, firstTokenMs: number): void;
  /** No token had come after so long, when somebody stopped waiting. */
  noteWait(trial: Trial, waitedMs: number): void;
  /** `askedMs`: how long the vendor wants to be left alone, where it was that which turned us away. */
  end(trial: Trial, verdict: Verdict, askedMs?: number): void;
  /** An answer's pace, known at its end. */
  notePace(trial: Trial, perTokenMs: number): void;
  /** An answer that came in one piece: the time that its tokens do not account for, as far as their pace is known. */
  noteWhole(trial: Trial, durationMs: number, outputTokens: number): void;
  /** Whether the target may be tried again in one call; if so, that is counted. */
  takeRetry(target: Target): boolean;
}

export function createHealth(config: HealthConfig, world: Pick<World, "monotonicMs" | "random" | "log">): Health {
  const targets = new LRUCache<string, LiveTarget>({ max: config.targets_max });
  const windowMs = config.window;
  const breaker: BreakerDeps = { config, random: world.random };

  function liveOf({ id }: Target, nowMs: number): LiveTarget {
    const known = targets.get(id);
    if (known) return known;
    const live = createLiveTarget(id, nowMs);
    targets.set(id, live);
    return live;
  }

  return {
    stateOf(target) {
      const nowMs = world.monotonicMs();
      const hasReadyCredential = target.vendor.credentials.isReady(nowMs);
      const live = targets.get(target.id);
      if (!live) return hasReadyCredential ? untried : { ...untried, hasReadyCredential };
      return stateFrom(live, hasReadyCredential, { nowMs, windowMs });
    },
    admits({ id }) {
      const live = targets.get(id);
      return live === undefined || live.restUntilMs === 0 || breakerOf(live, world.monotonicMs()) !== "open";
    },
    restOf: (all) => restOf(all, targets, world.monotonicMs()),
    ...forProbes(targets, world),
    ...forReaders(targets, world, windowMs),
    begin(target) {
      const nowMs = world.monotonicMs();
      const live = liveOf(target, nowMs);
      fade(live, nowMs, windowMs);
      live.tries += 1;
      live.inFlight += 1;
      live.usedMs = nowMs;
      return { live, isProbe: beginProbe(live, nowMs, breaker), isOver: false };
    },
    heard({ live, isProbe }, firstTokenMs) {
      const restUntilMs = live.restUntilMs;
      noteFirstToken(live, firstTokenMs, { nowMs: world.monotonicMs(), windowMs });
      if (isProbe && restUntilMs !== 0) closeOnProbation(live);
      if (live.restUntilMs !== restUntilMs) logChange(world, live);
    },
    end(trial, verdict, askedMs = 0) {
      if (trial.isOver) return;
      trial.isOver = true;
      const { live, isProbe } = trial;
      const nowMs = world.monotonicMs();
      live.inFlight -= 1;
      fade(live, nowMs, windowMs);
      const restUntilMs = live.restUntilMs;
      noteEnd(live, { verdict, isProbe, nowMs, askedMs }, breaker);
      if (live.restUntilMs !== restUntilMs) logChange(world, live);
    },
    noteWhole: ({ live }, durationMs, outputTokens) =>
      noteFirstToken(live, firstTokenOf(live, durationMs, outputTokens), { nowMs: world.monotonicMs(), windowMs }),
    noteWait: ({ live }, waitedMs) => noteFirstToken(live, waitedMs, { nowMs: world.monotonicMs(), windowMs }),
    notePace: ({ live }, perTokenMs) => notePerToken(live, perTokenMs, { nowMs: world.monotonicMs(), windowMs }),
    takeRetry(target) {
      const nowMs = world.monotonicMs();
      const live = liveOf(target, nowMs);
      fade(live, nowMs, windowMs);
      return takeRetry(live, config);
    },
  };
}

function restOf(all: Iterable<Target>, targets: LRUCache<string, LiveTarget>, nowMs: number): number {
  let untilMs = Number.POSITIVE_INFINITY;
  for (const { id } of all) {
    const live = targets.get(id);
    untilMs = Math.min(untilMs, Math.max(live?.restUntilMs ?? 0, live?.probeUntilMs ?? 0));
  }
  return Math.max(0, untilMs - nowMs);
}

function forProbes(targets: LRUCache<string, LiveTarget>, world: Pick<World, "monotonicMs" | "log">): HealthForProbes {
  return {
    idleMs({ id }) {
      const live = targets.get(id);
      return live ? world.monotonicMs() - live.usedMs : Number.POSITIVE_INFINITY;
    },
    endRest({ id }) {
      const live = targets.get(id);
      if (live && live.restUntilMs !== 0) live.restUntilMs = Math.min(live.restUntilMs, world.monotonicMs());
    },
    reached({ live, isProbe }) {
      if (!isProbe || live.restUntilMs === 0) return;
      closeOnProbation(live);
      logChange(world, live);
    },
  };
}

function forReaders(
  targets: LRUCache<string, LiveTarget>,
  world: Pick<World, "monotonicMs">,
  windowMs: number,
): HealthForReaders {
  return {
    known: () => [...targets.keys()],
    view({ id, vendor }) {
      const nowMs = world.monotonicMs();
      const live = targets.peek(id) ?? createLiveTarget(id, nowMs);
      const has_credential = vendor.credentials.isReady(nowMs);
      const state = stateFrom(live, has_credential, { nowMs, windowMs });
      return {
        breaker: state.breaker,
        on_probation: live.opened === null && live.restMs !== 0,
        why: live.opened?.why ?? null,
        open_for_ms: live.opened && Math.round(nowMs - live.opened.atMs),
        rests_for_ms: Math.max(0, Math.round(Math.max(live.restUntilMs, live.probeUntilMs) - nowMs)),
        failure_share: live.ended > 0 ? state.failureShare : null,
        in_flight: state.inFlight,
        first_token_ms: state.firstTokenMs,
        per_token_ms: state.perTokenMs,
        idle_for_ms: targets.has(id) ? Math.round(nowMs - live.usedMs) : null,
        has_credential,
      };
    },
  };
}

function stateFrom(
  live: LiveTarget,
  hasReadyCredential: boolean,
  moment: { nowMs: number; windowMs: number },
): TargetState {
  fade(live, moment.nowMs, moment.windowMs);
  return {
    breaker: breakerOf(live, moment.nowMs),
    inFlight: live.inFlight,
    firstTokenMs: believed(live.firstTokenMs, live.firstTokenAtMs, moment),
    perTokenMs: believed(live.perTokenMs, live.perTokenAtMs, moment),
    failureShare: live.ended > 0 ? live.faults / live.ended : 0,
    hasReadyCredential,
  };
}

/** Counts a repeated try, where there have not been too many already for the first ones. */
function takeRetry(live: LiveTarget, { retry_floor, retry_share }: HealthConfig): boolean {
  const allowed = retry_floor + retry_share * (live.tries - live.retries);
  if (live.retries + 1 > allowed) return false;
  live.retries += 1;
  return true;
}

function firstTokenOf({ perTokenMs }: LiveTarget, durationMs: number, outputTokens: number): number {
  const paceMs = Number.isNaN(perTokenMs) ? 0 : perTokenMs;
  return Math.max(0, durationMs - Math.max(0, outputTokens - 1) * paceMs);
}

function logChange({ log, monotonicMs }: Pick<World, "log" | "monotonicMs">, { id, restUntilMs }: LiveTarget): void {
  if (restUntilMs === 0) return log.info({ target: id }, "a target is back");
  const rest_ms = Math.round(restUntilMs - monotonicMs());
  log.warn({ target: id, rest_ms }, "a target failed too often and is left alone for a while");
}
