// Before a target is asked: has it room? Under the limits and budgets of its model and vendor, what the attempt may come to is
// held; and below the vendor's own limits, as far as pacing knows them, it gets its turn. A target without room is passed over,
// with the reason on the record. Why not all targets of a plan at the start: docs/decisions/0020-limits-of-targets.md.
import type { Bearer, Governance, Hold } from "../../governance/index.ts";
import { type AppError, isAppError, type World } from "../../kernel/index.ts";
import type { CallerRequest, Providers } from "../../providers/index.ts";
import { gatewayErrors } from "../errors.ts";
import type { Health } from "../health/health.ts";
import { nextUsable } from "../health/next-usable.ts";
import type { IncomingCall } from "../incoming-call.ts";
import type { TurnWanted } from "../pacing/lanes.ts";
import type { Pacing } from "../pacing/pacing.ts";
import { type Plan, type PlannedAttempt, routeOf } from "../routing/plan-shape.ts";
import type { Settlement } from "../settlement/settle.ts";
import type { AllowedAttempt } from "./allowed-attempt.ts";

export interface AllowDeps {
  governance: Pick<Governance, "holdTarget" | "limitsTargets">;
  pacing: Pick<Pacing, "isOn" | "waitFor" | "turn">;
  providers: Pick<Providers, "worstCase">;
  health: Pick<Health, "admits">;
  world: Pick<World, "monotonicMs">;
}

export interface Allowing {
  incoming: Pick<IncomingCall, "principal" | "ip" | "request" | "signal">;
  settlement: Pick<Settlement, "passedOver" | "waited">;
}

/** The plan with what its attempt at `place` was allowed. */
export interface Allowed {
  plan: Plan;
  place: number;
}

export interface Wanted extends Allowed {
  /** Why the attempt before it did not do. */
  failed: AppError | undefined;
}

/** So long a call waits for its turn at a target, rather than go to the next. */
const PATIENCE_MS = 250;

/** False where no target has limits that anybody looks at: then nothing of this is needed. */
export function looksAtTargets({ governance, pacing }: Pick<AllowDeps, "governance" | "pacing">): boolean {
  return pacing.isOn || governance.limitsTargets();
}

/**
 * The first attempt from `place` on whose target has room; where none has, the one whose turn comes first, when it has come.
 * Else throws what `failed`, or `governance.limit_reached`, `gateway.vendor_limit_near` and what else `holdTarget` throws: of
 * several the one that is over soonest.
 */
export async function allowNext(
  deps: AllowDeps,
  { plan, place, failed }: Wanted,
  allowing: Allowing,
): Promise<Allowed> {
  const short = new Map<string, AppError>();
  let soonest: { place: number; waitMs: number } | undefined;

  async function allow(at: number, planned: PlannedAttempt): Promise<Allowed | undefined> {
    try {
      const allowed = await allowAttempt(deps, { plan, planned }, allowing);
      short.delete(planned.target.id);
      if (short.size > 0) allowing.settlement.passedOver(reasonsOf(short), planned.target.id);
      const reason = short.size > 0 ? "the first that has room in its limits" : planned.reason;
      return { plan: { ...plan, attempts: plan.attempts.with(at, { ...allowed, reason }) }, place: at };
    } catch (error) {
      if (!isAppError(error) || error.code === "gateway.caller_gone") throw error;
      short.set(planned.target.id, error);
      return undefined;
    }
  }

  for (let next = place; next !== -1; next = nextOther(plan, next + 1, { deps, short })) {
    const planned = plan.attempts[next];
    if (!planned) break;
    const waitMs = waitFor(deps, planned, allowing);
    if (waitMs > PATIENCE_MS) {
      short.set(
        planned.target.id,
        gatewayErrors.vendor_limit_near({ target: planned.target.id, retryAfterMs: waitMs }),
      );
      if (!soonest || waitMs < soonest.waitMs) soonest = { place: next, waitMs };
      continue;
    }
    const allowed = await allow(next, planned);
    if (allowed) return allowed;
  }
  const last = soonest && plan.attempts[soonest.place];
  const waited = soonest && last && (await allow(soonest.place, last));
  if (waited) return waited;
  allowing.settlement.passedOver(reasonsOf(short), undefined);
  throw failed ?? overSoonest(short);
}

/** The attempt of a hedge, which is not worth waiting for; undefined where its target has no room. */
export function allowAtOnce(
  deps: AllowDeps,
  { plan, planned }: { plan: Plan; planned: PlannedAttempt },
  allowing: Allowing,
): Promise<AllowedAttempt | undefined> | undefined {
  const hasTurn = !deps.pacing.isOn || waitFor(deps, planned, allowing) === 0;
  return hasTurn ? allowOrLeave(deps, { plan, planned }, allowing) : undefined;
}

/** An attempt that may as well be left out: undefined where its target has no room. */
export async function allowOrLeave(
  deps: Parameters<typeof allowAttempt>[0],
  asked: { plan: Plan; planned: PlannedAttempt },
  allowing: Parameters<typeof allowAttempt>[2],
): Promise<AllowedAttempt | undefined> {
  if (!looksAtTargets(deps)) return asked.planned;
  try {
    return await allowAttempt(deps, asked, allowing);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return undefined;
  }
}

/** First what costs nothing to give back, then the turn, which is gone once it was taken. Throws where there is no room. */
export async function allowAttempt(
  deps: Pick<AllowDeps, "governance" | "pacing" | "providers">,
  { plan, planned }: { plan: Plan; planned: PlannedAttempt },
  { incoming, settlement }: Pick<Allowing, "incoming"> & { settlement: Pick<Settlement, "waited"> },
): Promise<AllowedAttempt> {
  const hold = await holdFor(deps, planned, { plan, ...incoming });
  if (!deps.pacing.isOn) return { ...planned, hold };
  try {
    const turn = deps.pacing.turn(turnWanted(planned, incoming), incoming.signal);
    return { ...planned, hold, turn: turn instanceof Promise ? await settlement.waited(turn) : turn };
  } catch (error) {
    hold?.settle({ usd_micros: 0, tokens: 0, requests: 0 });
    throw error;
  }
}

interface Asking {
  plan: Plan;
  principal: Bearer["principal"];
  ip?: Bearer["ip"];
  request: CallerRequest;
}

/** Undefined where the target has no caps. Throws as `holdTarget` does. */
function holdFor(
  { governance, providers }: Pick<AllowDeps, "governance" | "providers">,
  { target }: PlannedAttempt,
  { plan, principal, ip, request }: Asking,
): Hold | Promise<Hold> | undefined {
  const bearer = { principal, ip, route: routeOf(plan), target: { id: target.id, vendor: target.vendor.name } };
  return governance.holdTarget(bearer, () => ({ ...providers.worstCase(target, request), target: target.id }));
}

function waitFor({ pacing }: AllowDeps, planned: PlannedAttempt, { incoming }: Pick<Allowing, "incoming">): number {
  return pacing.isOn ? pacing.waitFor(turnWanted(planned, incoming)) : 0;
}

/** About four characters a token; what comes out is known when the vendor tells what is left after it. */
function turnWanted({ target, credential }: PlannedAttempt, { principal, request }: Allowing["incoming"]): TurnWanted {
  const party = principal.team ?? principal.keyId;
  return { target, party, tokens: Math.ceil(request.text.length / 4), preferred: credential };
}

function nextOther(
  plan: Plan,
  from: number,
  { deps, short }: { deps: AllowDeps; short: ReadonlyMap<string, AppError> },
): number {
  const open = plan.attempts.map((each, place) => (place < from || short.has(each.target.id) ? undefined : each));
  return nextUsable(open, from, deps);
}

function reasonsOf(short: ReadonlyMap<string, AppError>): Map<string, string> {
  return new Map([...short].map(([id, { message }]) => [id, message.replace(/\.$/, "")]));
}

function overSoonest(short: ReadonlyMap<string, AppError>): AppError {
  return [...short.values()].reduce((best, each) =>
    (each.retryAfterMs ?? Infinity) < (best.retryAfterMs ?? Infinity) ? each : best,
  );
}
