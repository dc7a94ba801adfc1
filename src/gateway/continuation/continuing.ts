// What becomes of a streamed text that breaks off after its beginning, on a route that allows it: the rest is asked of the next
// target of the plan, once it is paid for, and joined to what the caller has. What cannot be gone on with ends as it would have.
import type { AppError } from "../../kernel/index.ts";
import {
  type AnswerFacts,
  type BrokenAnswer,
  type CallerRequest,
  continueRequest,
  joinAnswer,
  readBrokenAnswer,
  addUsage,
  type VendorStream,
} from "../../providers/index.ts";
import { type AttemptDeps, attemptOnce, type RunningAttempt } from "../attempt.ts";
import { verdictOf } from "../health/verdict.ts";
import { type HoldDeps, holdCall } from "../hold-call.ts";
import type { IncomingCall } from "../incoming-call.ts";
import type { Planner } from "../routing/planner.ts";
import type { Plan, PlannedAttempt } from "../routing/plan-shape.ts";
import type { Usage } from "../../providers/contract.ts";
import type { Settlement } from "../settlement/settle.ts";
import { type AllowDeps, allowOrLeave } from "../target-limits/allow-next.ts";
import type { HangUp } from "../watchkeeper.ts";

export interface Continuing {
  /** Undefined where that cannot be, or nobody could. The broken attempt is then over, and on the record. */
  goOn(broken: Broken, hasLeft: () => boolean): Promise<GoneOn | undefined>;
}

export interface Broken {
  running: RunningAttempt;
  facts: AnswerFacts;
  error: AppError;
  /** Of the stream that the caller is given. */
  mediaType: string;
  /** What the caller has, in its dialect. */
  said: Uint8Array;
  /** Lets go of the vendor's stream. */
  cancel(): void;
}

export interface GoneOn {
  running: RunningAttempt;
  /** The rest, as it goes out. */
  stream: VendorStream;
}

export interface ContinuingDeps extends AttemptDeps, HoldDeps, Pick<AllowDeps, "pacing"> {
  planner: Pick<Planner, "mayContinue">;
}

export interface ContinuingCall {
  plan: Plan;
  incoming: IncomingCall;
  settlement: Settlement;
  hangUp: HangUp;
}

/** Undefined where the route does not say so. */
export function continuingFor(deps: ContinuingDeps, call: ContinuingCall): Continuing | undefined {
  if (!call.incoming.request.stream || !deps.planner.mayContinue(call.plan)) return undefined;
  let left = deps.config.continuations_max;
  let usageBefore: Usage | undefined;
  return {
    async goOn(broken, hasLeft) {
      if (left === 0 || !isVendorsFault(broken.error)) return undefined;
      const rest = restOf(broken, call);
      if (!rest) return undefined;
      left -= 1;
      broken.running.watch.stop();
      broken.cancel();
      const usage = call.settlement.endPart(broken.running, broken);
      usageBefore = usageBefore ? addUsage(usageBefore, usage) : usage;
      return askOn(deps, call, { broken, ...rest, usageBefore, hasLeft });
    },
  };
}

/** Time is up for all who could go on, and a caller who left wants nothing more. */
function isVendorsFault(error: AppError): boolean {
  return verdictOf(error) === "fault" && error.code !== "gateway.total_timeout";
}

interface Rest {
  answer: BrokenAnswer;
  candidates: PlannedAttempt[];
}

function restOf({ running, said: bytes, mediaType }: Broken, { plan, incoming }: ContinuingCall): Rest | undefined {
  const candidates = othersAfter(plan, running.log.target);
  const answer = candidates.length > 0 ? readBroken(incoming.request, { bytes, mediaType }) : undefined;
  return answer && { answer, candidates };
}

/** A request that its vendor understood may be none that we do. */
function readBroken(request: CallerRequest, said: Parameters<typeof readBrokenAnswer>[1]): BrokenAnswer | undefined {
  try {
    return readBrokenAnswer(request, said);
  } catch {
    return undefined;
  }
}

/** Each other target of the plan once: those after it, then those before. */
function othersAfter({ attempts }: Plan, targetId: string): PlannedAttempt[] {
  const at = attempts.findIndex(({ target }) => target.id === targetId);
  const others = new Map<string, PlannedAttempt>();
  for (const each of [...attempts.slice(at + 1), ...attempts.slice(0, Math.max(0, at))])
    if (each.target.id !== targetId && !others.has(each.target.id)) others.set(each.target.id, each);
  return [...others.values()];
}

interface Asking extends Rest {
  broken: Broken;
  /** Of all parts so far. */
  usageBefore: Usage;
  hasLeft(): boolean;
}

async function askOn(deps: ContinuingDeps, call: ContinuingCall, asking: Asking): Promise<GoneOn | undefined> {
  const { incoming, settlement, plan } = call;
  const held = await holdRest(deps, { ...call, plan: { ...plan, attempts: asking.candidates } }, asking);
  if (!held) return undefined;
  const from = asking.broken.running.log.target;
  const at = asking.answer.text.length;
  const isGone = (): boolean => call.hangUp.aborted || asking.hasLeft();
  const hangUp: HangUp = {
    get aborted() {
      return isGone();
    },
  };
  const asked = { ...incoming, request: held.request, callId: settlement.callId, hangUp };
  for (const { target, credential } of held.attempts) {
    if (isGone() || !deps.health.admits(target)) continue;
    const reason = `goes on where ${from} broke off, after ${at} characters`;
    const planned = { target, credential, reason };
    const allowed = await allowOrLeave(deps, { plan, planned }, { settlement, incoming: asked });
    if (!allowed) continue;
    const result = await attemptOnce(allowed, asked, deps);
    settlement.tried(result.ok ? result.running.log : result.log);
    if (result.ok) {
      if (result.running.hold) settlement.allowed(result.running.hold, result.running.log);
      settlement.continued({ at_characters: at, from, to: target.id });
      return { running: result.running, stream: join(result.running, call, asking) };
    }
  }
  return undefined;
}

function join(running: RunningAttempt, { incoming }: ContinuingCall, asking: Asking): VendorStream {
  const { answer, first, log } = running;
  return joinAnswer(answer, first, {
    caller: incoming.request,
    broken: asking.answer,
    usageBefore: asking.usageBefore,
    mediaType: asking.broken.mediaType,
    comment: `${log.target} goes on where ${asking.broken.running.log.target} broke off`,
  });
}

interface HeldRest {
  request: CallerRequest;
  attempts: readonly PlannedAttempt[];
}

/** What the rest may come to is held like any call; undefined where it cannot be paid for. */
async function holdRest(
  deps: ContinuingDeps,
  { plan, incoming, settlement }: ContinuingCall,
  { answer, usageBefore }: Asking,
): Promise<HeldRest | undefined> {
  const request = continueRequest(incoming.request, { text: answer.text, tokens: usageBefore.output });
  if (!request) return undefined;
  try {
    const held = await holdCall(deps, plan, { ...incoming, request });
    if (held) settlement.held(held);
    return held ? { request: held.request, attempts: held.plan.attempts } : { request, attempts: plan.attempts };
  } catch {
    // Whatever forbids it, the caller is told of the break, which is what happened to the answer.
    return undefined;
  }
}
