// One attempt of a plan; and, where its first token is late, one more at the next target beside it. Whichever brings content
// first is the answer, the other is let go, and both are on the record. What the other cost is not known: so this is not done
// where money is held for the call.
import type { AppError } from "../../kernel/index.ts";
import type { Attempt } from "../../ledger/contract.ts";
import { type AttemptDeps, type AttemptedCall, attemptOnce, type AttemptResult } from "../attempt.ts";
import type { Turn } from "../cache/index.ts";
import { gatewayErrors } from "../errors.ts";
import { nextUsable } from "../health/next-usable.ts";
import type { IncomingCall } from "../incoming-call.ts";
import type { Plan, PlannedAttempt } from "../routing/plan-shape.ts";
import type { Settlement } from "../settlement/settle.ts";
import { allowAtOnce, type AllowDeps } from "../target-limits/allow-next.ts";
import { settleLost } from "../target-limits/settle-attempt.ts";
import type { Hedging } from "./hedging.ts";

export interface Tried {
  result: AttemptResult;
  /** In the plan, of the last target that was tried. */
  place: number;
}

export interface HedgedDeps extends AttemptDeps, Pick<AllowDeps, "governance" | "providers" | "pacing"> {
  hedging: Hedging;
}

export interface Trying {
  incoming: IncomingCall;
  settlement: Settlement;
  mayHedge: boolean;
  /** Where others may be given the same answer. */
  turn: Turn | undefined;
}

/** Its attempts are on the record when it resolves. */
export async function tryHedged(
  deps: HedgedDeps,
  { plan, place }: { plan: Plan; place: number },
  trying: Trying,
): Promise<Tried> {
  const planned = plan.attempts[place];
  if (!planned) throw new Error("a plan without attempts");
  const { settlement, mayHedge } = trying;
  const lateAfterMs = mayHedge ? deps.hedging.begin(plan.route.name, planned.target.id) : undefined;
  const tried =
    lateAfterMs === undefined
      ? { result: await attemptOnce(planned, attemptedCall(trying), deps), place }
      : await race(deps, { plan, place, planned, lateAfterMs }, trying);
  const { result } = tried;
  settlement.tried(result.ok ? result.running.log : result.log);
  if (result.ok && result.running.hold) settlement.allowed(result.running.hold, result.running.log);
  if (result.ok && mayHedge) deps.hedging.noteFirstToken(result.running.log);
  return tried;
}

/** While others are given the answer, it goes on without the caller that asked first. */
function attemptedCall({ incoming, settlement, turn }: Trying): AttemptedCall {
  return { ...incoming, callId: settlement.callId, hangUp: turn?.hangUp ?? incoming.signal };
}

interface Late {
  plan: Plan;
  place: number;
  planned: PlannedAttempt;
  lateAfterMs: number;
}

async function race(deps: HedgedDeps, late: Late, trying: Trying): Promise<Tried> {
  const first = start(deps, late.planned, trying);
  const hedged = await hedge(deps, { ...late, first }, trying);
  if (!hedged) return { result: await first.done, place: late.place };
  const { second, place } = hedged;
  const winner = await firstOf(first, second);
  const loser = winner === first ? second : first;
  const result = await winner.done;
  if (result.ok) lose(deps, loser);
  trying.settlement.tried(loser.log());
  return { result, place };
}

/** An attempt under way. */
interface Runner {
  targetId: string;
  done: Promise<AttemptResult>;
  log(): Attempt;
  end(reason: AppError): void;
}

function start(deps: HedgedDeps, planned: PlannedAttempt, trying: Trying): Runner {
  let started: { log: Attempt; end(reason: AppError): void } | undefined;
  const done = attemptOnce(
    planned,
    { ...attemptedCall(trying), onStart: (log, end) => void (started = { log, end }) },
    deps,
  );
  return {
    targetId: planned.target.id,
    done,
    log() {
      if (!started) throw new Error("an attempt that did not start");
      return started.log;
    },
    end: (reason) => started?.end(reason),
  };
}

/** Waits until the first token is there or late; then, if that may be, starts a second attempt elsewhere. */
async function hedge(
  deps: HedgedDeps,
  { plan, place, first, lateAfterMs }: Late & { first: Runner },
  trying: Trying,
): Promise<{ second: Runner; place: number } | undefined> {
  const late = Promise.withResolvers<"late">();
  const timer = setTimeout(() => late.resolve("late"), lateAfterMs);
  const said = await Promise.race([first.done, late.promise]);
  clearTimeout(timer);
  if (said !== "late" || attemptedCall(trying).hangUp.aborted) return undefined;
  const others = plan.attempts.map(({ target }) => target.id !== first.targetId);
  const next = nextUsable(plan.attempts, others.indexOf(true, place + 1), deps);
  const planned = plan.attempts[next];
  if (!planned || !others[next] || !deps.hedging.take(first.targetId)) return undefined;
  const allowed = await allowAtOnce(deps, { plan, planned }, trying);
  if (!allowed) return undefined;
  const reason = `hedged: ${first.targetId} had sent nothing for ${Math.round(lateAfterMs)} ms, as it seldom does`;
  return { second: start(deps, { ...allowed, reason }, trying), place: next };
}

/** The first that brings content; where none does, the one that failed last. */
async function firstOf(one: Runner, other: Runner): Promise<Runner> {
  const ended = await Promise.race([one, other].map(async (each) => ({ each, result: await each.done })));
  return ended.result.ok ? ended.each : ended.each === one ? other : one;
}

function lose(deps: HedgedDeps, loser: Runner): void {
  const hasFailed = loser.log().error !== null;
  if (hasFailed) return;
  loser.end(gatewayErrors.hedge_lost({}));
  deps.hedging.noteFirstToken(loser.log());
  // It may have brought content in the same moment.
  void loser.done.then((result) => {
    if (!result.ok) return;
    const { answer, watch, trial, hold } = result.running;
    if (hold) settleLost(hold);
    watch.stop();
    if (answer.kind === "stream") answer.body.cancel();
    if (trial) deps.health.end(trial, "nothing");
  });
}
