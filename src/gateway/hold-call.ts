// What a call is held for before it is sent, and what becomes of one that its budget cannot pay in full: it is refused, its
// answer is made shorter, or a cheaper target is asked, as the budget says.
import type { Governance, Hold, WorstCase } from "../governance/index.ts";
import { formatUsd, isAppError } from "../kernel/index.ts";
import type { CallerRequest, Dropped, Providers, Target } from "../providers/index.ts";
import { worstOfSeveral } from "./compound/worst-case.ts";
import type { IncomingCall } from "./incoming-call.ts";
import { type Plan, routeOf } from "./routing/plan-shape.ts";

export interface HeldCall {
  /** Undefined for a caller without caps. */
  hold: Hold | undefined;
  /** What is done instead, where all of it could not be paid. */
  request: CallerRequest;
  plan: Plan;
  /** What the caller is told of that. */
  changed: Dropped[];
}

export interface HoldDeps {
  governance: Governance;
  providers: Providers;
}

/** Undefined, without a wait, for a caller without caps. Throws `governance.budget_short` and what `governance.hold` throws. */
export function holdCall(deps: HoldDeps, plan: Plan, incoming: IncomingCall): Promise<HeldCall> | undefined {
  const hold = holdPlan(deps, { plan, request: incoming.request }, incoming);
  return hold && finishHold(deps, { plan, request: incoming.request, hold }, incoming);
}

type Asked = Pick<HeldCall, "plan" | "request">;

function holdPlan({ governance, providers }: HoldDeps, { plan, request }: Asked, { principal, ip }: IncomingCall) {
  const { compound } = plan;
  return governance.hold({ principal, ip, route: routeOf(plan) }, () =>
    compound ? worstOfSeveral(compound, request, providers) : worstCaseOf(targetsOf(plan), request, providers),
  );
}

async function finishHold(
  deps: HoldDeps,
  { hold, ...asked }: Asked & { hold: Hold | Promise<Hold> },
  incoming: IncomingCall,
): Promise<HeldCall> {
  try {
    return { ...asked, hold: await hold, changed: [] };
  } catch (error) {
    // A copy that is another call than its original tells nothing; and of several, none is asked less than the others.
    const isFixed = incoming.shadowOf !== undefined || asked.plan.compound !== undefined;
    const less = isFixed ? undefined : makeCheaper(deps, asked, error);
    if (!less) throw error;
    return { ...less, hold: await holdPlan(deps, less, incoming) };
  }
}

/** Undefined where the budget does not say so, or it cannot be made cheap enough. */
function makeCheaper(
  { providers }: HoldDeps,
  asked: Asked,
  error: unknown,
): (Asked & { changed: Dropped[] }) | undefined {
  if (!isAppError(error) || error.code !== "governance.budget_short") return undefined;
  const left = Number(error.params["left_usd_micros"]);
  const why = `${String(error.params["whose"])} has ${formatUsd(left)} left in its budget`;
  const policy = error.params["when_short"];
  if (policy === "cheaper_target") return askCheaper(asked, { providers, left, why });
  if (policy === "lower_max_tokens") return askLess(asked, { providers, left, why });
  return undefined;
}

interface Means {
  providers: Providers;
  left: number;
  why: string;
}

function askLess({ plan, request }: Asked, { providers, left, why }: Means) {
  const targets = targetsOf(plan);
  const dearest = targets.reduce((most, each) => (costOf(each) > costOf(most) ? each : most));
  const afforded = providers.afford(dearest, request, left);
  if (!afforded) return undefined;
  const changed = [{ what: "max_tokens", why: `lowered to ${afforded.output_tokens}: the ${why}` }];
  return { plan, request: afforded.request, changed };

  function costOf(target: Target): number {
    return providers.worstCase(target, request).usd_micros ?? 0;
  }
}

function askCheaper({ plan, request }: Asked, { providers, left, why }: Means) {
  const isPaid = (target: Target): boolean => (providers.worstCase(target, request).usd_micros ?? left + 1) <= left;
  const attempts = plan.attempts.filter(({ target }) => isPaid(target));
  const [first] = attempts;
  if (!first) return undefined;
  const considered = plan.considered.map((each) => {
    const isDear = !attempts.some(({ target }) => target.id === each.target);
    const chosen = each.target === first.target.id;
    return isDear ? { target: each.target, chosen, reason: `passed over: too dear, the ${why}` } : { ...each, chosen };
  });
  return { plan: { ...plan, attempts, considered }, request, changed: [] };
}

function targetsOf({ attempts }: Plan): Target[] {
  return [...new Set(attempts.map(({ target }) => target))];
}

/** Of all targets that may come to answer, the dearest. */
function worstCaseOf(targets: readonly Target[], request: CallerRequest, providers: Providers): WorstCase {
  const costs = providers.worstCases(targets, request);
  const cases = costs.map((cost, index) => ({ ...cost, target: targets[index]?.id ?? "" }));
  const unknown = cases.find(({ usd_micros }) => usd_micros === null);
  const tokens = Math.max(...cases.map((each) => each.tokens));
  const dearest = cases.reduce((most, each) => ((each.usd_micros ?? 0) > (most.usd_micros ?? 0) ? each : most));
  return { ...(unknown ?? dearest), tokens };
}
