// The story of one model call: on the record first, then admitted, planned, tried in order, answered, and settled.
import { type AnswerHeaders, isAppError, sleep, toAppError, type World } from "../kernel/index.ts";
import { type Governance, type Hold, type Quota, scarcest } from "../governance/index.ts";
import type { CallGuard, Guardrails } from "../guardrails/index.ts";
import type { CacheOutcome, Ledger } from "../ledger/index.ts";
import type { CallerRequest, Dropped, Providers } from "../providers/index.ts";
import { admitCall } from "./admit-call.ts";
import type { RunningAttempt } from "./attempt.ts";
import type { WithHeld } from "./autonomy/refuse-unread.ts";
import type { AnswerCache, TakenAnswer, Turn } from "./cache/index.ts";
import { askSeveral, type Shadows } from "./compound/index.ts";
import type { GatewayConfig } from "./config.ts";
import { type Continuing, continuingFor } from "./continuation/continuing.ts";
import type { EmbeddingBatching } from "./embedding-batching/index.ts";
import { gatewayErrors } from "./errors.ts";
import type { Health } from "./health/health.ts";
import { nextUsable } from "./health/next-usable.ts";
import type { Hedging } from "./hedging/hedging.ts";
import { tryHedged, type Trying } from "./hedging/try-hedged.ts";
import { type HeldCall, holdCall } from "./hold-call.ts";
import type { IncomingCall } from "./incoming-call.ts";
import type { Pacing } from "./pacing/pacing.ts";
import type { Queue } from "./queue/queue.ts";
import type { Planner } from "./routing/planner.ts";
import type { Plan, PlannedAttempt } from "./routing/plan-shape.ts";
import type { Semantics } from "./routing/semantic/semantics.ts";
import { type AskedApprovals, restoreAnswer, screenAnswer, screenCall } from "./screening/index.ts";
import { checkAnswer, type CheckedAnswer, type Checking, type Shaping } from "./shaping/index.ts";
import { createSettlement, type Settlement } from "./settlement/settle.ts";
import { allowNext, looksAtTargets, type Wanted } from "./target-limits/allow-next.ts";
import { streamAnswer } from "./streams/stream-answer.ts";
import { waitBeforeNext } from "./health/wait-before-next.ts";
import type { Watchkeeper } from "./watchkeeper.ts";

export interface Answer {
  callId: string;
  target: string;
  /** What did not carry over to the vendor. Of an answer that still comes, more may be on the record in the end. */
  dropped: readonly Dropped[];
  /** Of budgets that go to their end. */
  warnings?: readonly string[];
  /** Of a caller under limits. */
  quotas?: readonly Quota[];
  status: number;
  mediaType: string;
  /** The vendor's own, for what it says of quotas and the like. */
  headers: AnswerHeaders;
  /** Text for JSON; bytes, as they come or all at once, for a stream. */
  body: string | Uint8Array | ReadableStream<Uint8Array>;
  cache: CacheOutcome;
  /** Of an answer that was checked. */
  validation?: CheckedAnswer["validation"];
  /** Of an answer that was kept. */
  ageMs?: number;
  /** Of an answer to a question that is only alike. */
  similarity?: number;
}

export interface CompleteDeps extends WithHeld {
  config: GatewayConfig;
  world: World;
  ledger: Ledger;
  governance: Governance;
  providers: Providers;
  watchkeeper: Watchkeeper;
  planner: Planner;
  semantics: Pick<Semantics, "prepare">;
  shaping: Shaping;
  /** Left out where there are none. */
  guardrails?: Pick<Guardrails, "forCall"> | undefined;
  /** Of what a person must agree to. */
  approvals: AskedApprovals;
  batching: EmbeddingBatching | undefined;
  health: Health;
  pacing: Pacing;
  hedging: Hedging;
  cache: Pick<AnswerCache, "take">;
  shadows: Shadows;
  /** This process's places. */
  queue: Pick<Queue, "enter">;
}

/** Throws AppErrors; whatever it throws after the record was opened is on the record, under the id in `callIdOf(error)`. */
export async function complete(deps: CompleteDeps, incoming: IncomingCall): Promise<Answer> {
  const settlement = createSettlement(deps, incoming);
  incoming.onOpened?.(settlement.callId);
  try {
    const place = deps.queue.enter(incoming.priority ?? "normal", incoming.signal);
    settlement.onRelease(place instanceof Promise ? await settlement.waited(place) : place);
    settlement.admitted(admitCall(deps, incoming));
    const asCame = deps.shaping.shape(incoming);
    settlement.shaped(asCame);
    const screened = screenCall(deps, asCame, settlement);
    const shaped = screened instanceof Promise ? await screened : screened;
    const prepared = deps.semantics.prepare(shaped.request.model, shaped);
    const plan = deps.planner.plan(shaped.request.model, prepared ? await prepared : shaped);
    settlement.planned(plan);
    const taken = await deps.cache.take({ incoming: shaped, plan, settlement });
    if (taken?.answer) return restoreAnswer(shaped, answerAgain(taken.answer, settlement));
    const turn = taken?.turn;
    const wanted = turn ? { ...shaped, request: turn.request } : shaped;
    const holding = holdCall(deps, plan, wanted);
    const held = holding && (await holding);
    if (held) settlement.held(held);
    const asked = held ? { ...wanted, request: held.request } : wanted;
    // What a short budget made of it is no answer to the request as others send it.
    if (held && (held.request !== wanted.request || held.plan !== plan)) turn?.decline();
    // What is held pays for one answer, not for two.
    const mayHedge = asked.request.stream && !held?.hold?.usd_micros;
    const trying = { incoming: asked, settlement, mayHedge, turn };
    const chosen = held?.plan ?? plan;
    const { compound } = chosen;
    const running = compound
      ? await askSeveral(deps, { plan: chosen, compound, tryInOrder }, trying)
      : await tryInOrder(deps, chosen, trying);
    deps.planner.answered(plan, running.log);
    if (plan.shadows) followWithShadows(deps, { plan, settlement, running, incoming, request: shaped.request });
    const { check } = shaped.shaped ?? {};
    const looked = { guard: shaped.guard, check, incoming: asked, plan, settlement, turn };
    const checked = check || shaped.guard?.screensAnswers ? await lookAt(deps, running, looked) : undefined;
    const hangUp = turn?.hangUp ?? incoming.signal;
    const continuing = checked ? undefined : continuingFor(deps, { plan: chosen, incoming: asked, settlement, hangUp });
    const answering = { settlement, request: asked.request, held, turn, continuing, guard: shaped.guard };
    return restoreAnswer(shaped, answerWith(deps, checked ?? { running }, answering));
  } catch (error) {
    settlement.fail(toAppError(error));
    throw error;
  }
}

interface Looked extends Omit<Checking, "check"> {
  check: Checking["check"] | undefined;
  guard: CallGuard | undefined;
}

/** The answer once it was checked against its schema and by its guardrails. */
async function lookAt(deps: CompleteDeps, running: RunningAttempt, looked: Looked): Promise<CheckedAnswer> {
  const { check, guard, settlement, incoming } = looked;
  const checked = check ? await checkAnswer(deps, running, { ...looked, check }) : { running };
  if (!guard?.screensAnswers) return checked;
  return { ...checked, running: await screenAnswer(deps, checked.running, { guard, incoming, settlement }) };
}

interface Shadowing extends Pick<Looked, "plan" | "settlement"> {
  running: RunningAttempt;
  incoming: IncomingCall;
  request: CallerRequest;
}

function followWithShadows(
  { shadows }: CompleteDeps,
  { plan, settlement, running, incoming, request }: Shadowing,
): void {
  shadows.follow({ plan, incoming: { ...incoming, request }, settlement, answeredBy: running.log.target });
}

/** The first attempt that brings content; throws the last error when none does. */
async function tryInOrder(deps: CompleteDeps, planned: Plan, trying: Trying): Promise<RunningAttempt> {
  const plan = withoutTargetsAtRest(deps, planned, trying.settlement);
  let wanted: Wanted = { plan, place: 0, failed: undefined };
  for (;;) {
    const allowed = looksAtTargets(deps) ? await allowNext(deps, wanted, trying) : wanted;
    const { result, place: triedPlace } = await tryHedged(deps, allowed, trying);
    if (result.ok) return result.running;
    const next = waitBeforeNext(result.error, { attempts: plan.attempts, place: triedPlace }, deps);
    if (!next) throw result.error;
    if (next.waitMs > 0) await sleep(next.waitMs, trying.incoming.signal);
    wanted = { plan, place: next.place, failed: result.error };
  }
}

/** The plan from the first target on that is not left alone at the moment. Throws `gateway.targets_rest`. */
function withoutTargetsAtRest(
  deps: Pick<CompleteDeps, "config" | "world" | "health">,
  plan: Plan,
  settlement: Settlement,
): Plan {
  const { attempts, route } = plan;
  const place = nextUsable(attempts, 0, deps);
  if (place === 0) return plan;
  const [first, ...rest] = attempts.slice(place);
  if (place > 0 && first) {
    const why = new Map(attempts.slice(0, place).map((each) => [each.target.id, whyLeftAlone(each, deps)]));
    settlement.passedOver(why, first.target.id);
    return { ...plan, attempts: [{ ...first, reason: "the first that is not left alone" }, ...rest] };
  }
  if (deps.config.health.when_all_rest === "try") return plan;
  const restMs = deps.health.restOf(attempts.map(({ target }) => target));
  throw gatewayErrors.targets_rest({ model: route.name, retryAfterMs: Math.max(RETRY_AFTER_LEAST_MS, restMs) });
}

const RETRY_AFTER_LEAST_MS = 1000;

function whyLeftAlone({ target }: PlannedAttempt, { health }: Pick<CompleteDeps, "health">): string {
  return health.admits(target) ? "its credentials rest" : "it failed too often lately and is left alone";
}

interface Answering {
  settlement: Settlement;
  request: CallerRequest;
  held: HeldCall | undefined;
  turn: Turn | undefined;
  continuing: Continuing | undefined;
  guard: CallGuard | undefined;
}

function answerWith(
  deps: CompleteDeps,
  { running, validation }: CheckedAnswer,
  { settlement, request, held, turn, continuing, guard }: Answering,
): Answer {
  const { answer, log } = running;
  const { status, headers, mediaType } = answer;
  const said = {
    callId: settlement.callId,
    target: log.target,
    dropped: [...(held?.changed ?? []), ...running.dropped],
    warnings: held?.hold?.warnings ?? [],
    quotas: quotasOf(held?.hold, running.hold),
    status,
    headers,
    cache: settlement.cacheOutcome(),
    validation,
  };
  if (answer.kind === "stream" && !answer.body.meter.isComplete)
    return {
      ...said,
      mediaType,
      body: streamAnswer(running, answer, {
        settlement,
        turn,
        continuing,
        config: deps.config,
        dialect: request.dialect,
        guarded: guard?.screensAnswers ? guard.openStream(mediaType) : undefined,
      }),
    };
  // All of it is here, and so it may be of a stream whose vendor answers in one piece: it is given out in one piece, too.
  running.watch.stop();
  const whole =
    answer.kind === "stream"
      ? { facts: answer.body.meter.facts, body: { media_type: mediaType, content: running.first } }
      : { facts: answer.facts, body: { media_type: answer.mediaType, content: answer.text } };
  if (turn) {
    turn.begin({ status, mediaType, target: log.target, dropped: running.dropped });
    whole.body.content = turn.completeWith(whole.body.content);
  }
  settlement.succeed(running, whole);
  return { ...said, mediaType, body: whole.body.content };
}

/** Of the caller's own limits and those of the target, whichever has less left. */
function quotasOf(own: Hold | undefined, ofTarget: Hold | undefined): readonly Quota[] {
  if (!own || !ofTarget) return own?.quotas ?? ofTarget?.quotas ?? [];
  return scarcest([...own.quotas, ...ofTarget.quotas]);
}

/** What was answered to another call. */
function answerAgain(again: TakenAnswer, { callId, cacheOutcome }: Settlement): Answer {
  return { ...again, callId, headers: NO_HEADERS, cache: cacheOutcome() };
}

const NO_HEADERS: AnswerHeaders = { get: () => null, has: () => false };

/** The call id that an error was recorded under, when there is one. */
export function callIdOf(error: unknown): string | undefined {
  const callId = isAppError(error) ? error.params["callId"] : undefined;
  return typeof callId === "string" ? callId : undefined;
}
