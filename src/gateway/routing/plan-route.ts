// From a route to ordered attempts, each with its reason, and to a reason for each target that was passed over. Pure: dice,
// clock, turns and what is known of targets are handed in.
import type { Considered } from "../../ledger/contract.ts";
import type { Shortfall, Target } from "../../providers/index.ts";
import { gatewayErrors } from "../errors.ts";
import type { TargetState } from "../health/target-state.ts";
import type { Pin } from "./affinity.ts";
import type { CompiledRoute, PlaceNode, PlanNode } from "./language/compile-route.ts";
import { failingPart } from "./language/condition.ts";
import { type Plan, repeatInTurn } from "./plan-shape.ts";
import { whyForbidden } from "./facts/residency.ts";
import { type Candidate, type Leaf, mayStay, type RankDeps, rankPlaces } from "./rank-places.ts";

export interface RouteDeps extends RankDeps {
  /** The target behind `vendor/model`; undefined without such a vendor. */
  resolve(name: string): Target | undefined;
  /** What a target has not that the request needs. */
  shortfall(target: Target): Shortfall | undefined;
  stateOf(target: Target): TargetState;
  /** Where this conversation was answered last. */
  pin: Pin | undefined;
  attemptsMax: number;
}

export interface RoutePlan extends Omit<Plan, "conversation"> {
  /** The ids of targets that cannot or may not serve this call, and why. */
  passedOver: ReadonlyMap<string, string>;
}

/** Throws `gateway.unknown_model`, `gateway.cannot_serve` and `gateway.no_target_allowed`. */
export function planRoute({ name, plan }: CompiledRoute, deps: RouteDeps): RoutePlan {
  const passedOver = new Map<string, string>();
  const allowed = allowedIn(plan, deps, passedOver);
  const unable = findUnable(name, allowed, { deps, passedOver });
  const leaves = orderLeaves(plan, { allowed, unable }, deps);
  for (const { target } of leaves) passedOver.delete(target.id);
  const attempts = repeatInTurn(
    leaves.map(({ target, why }) => ({
      target,
      why,
      credential: deps.pin?.target === target.id ? deps.pin.credential : undefined,
    })),
    deps.attemptsMax,
    plan.strategy === "order",
  );
  return {
    route: { name, strategy: plan.strategy, reason: describeRoute(name, plan) },
    considered: [
      ...leaves.map(({ target, why }, place): Considered => ({ target: target.id, chosen: place === 0, reason: why })),
      ...[...passedOver].map(([target, why]) => ({ target, chosen: false, reason: `passed over: ${why}` })),
    ],
    attempts,
    passedOver,
  };
}

/** A place that this call may use, by the route's own words. */
interface Allowed {
  place: PlaceNode;
  /** A target; or, of a plan, the places in it. */
  content: Target | readonly Allowed[];
}

function allowedIn(plan: PlanNode, deps: RouteDeps, passedOver: Map<string, string>): Allowed[] {
  const allowed: Allowed[] = [];
  let isDecided = false;
  for (const place of plan.places) {
    const failing = place.when && failingPart(place.when, deps.facts);
    if (isDecided || failing !== undefined) {
      const why = isDecided ? "a condition before its own holds" : `its condition does not hold: ${failing}`;
      for (const name of namesIn(place)) passedOver.set(name, why);
      continue;
    }
    // Where a condition leads, and nowhere else, whatever becomes of it there.
    isDecided = plan.strategy === "conditional";
    const content = contentOf(place, deps, passedOver);
    if (content) allowed.push({ place, content });
  }
  return allowed;
}

function contentOf(place: PlaceNode, deps: RouteDeps, passedOver: Map<string, string>): Allowed["content"] | undefined {
  const { content } = place;
  if (typeof content !== "string") return allowedIn(content, deps, passedOver);
  const target = deps.resolve(content);
  const why = target ? whyForbidden(place, deps.facts) : NO_VENDOR;
  if (why === undefined) return target;
  passedOver.set(content, why);
  return undefined;
}

const NO_VENDOR = "its vendor is not configured";

function namesIn({ content }: PlaceNode): string[] {
  return typeof content === "string" ? [content] : content.places.flatMap(namesIn);
}

function targetsIn(allowed: readonly Allowed[]): Target[] {
  return allowed.flatMap(({ content }) => ("id" in content ? [content] : targetsIn(content)));
}

interface Able {
  allowed: readonly Allowed[];
  /** The ids of targets that cannot serve the request; of those of which it is not certain, where another can. */
  unable: ReadonlySet<string>;
}

function findUnable(
  model: string,
  allowed: readonly Allowed[],
  { deps, passedOver }: { deps: RouteDeps; passedOver: Map<string, string> },
): ReadonlySet<string> {
  const targets = targetsIn(allowed);
  const lacks = new Map<string, Shortfall>();
  for (const target of targets) {
    const lack = deps.shortfall(target);
    if (lack) lacks.set(target.id, lack);
  }
  const isOneAble = targets.some(({ id }) => !lacks.has(id));
  for (const [id, { isCertain }] of lacks) if (!isOneAble && !isCertain) lacks.delete(id);
  for (const [id, { why }] of lacks) passedOver.set(id, why);
  if (targets.some(({ id }) => !lacks.has(id))) return new Set(lacks.keys());
  const reasons = [...passedOver].map(([id, why]) => `${id} ${why}`);
  if (targets.length > 0) throw gatewayErrors.cannot_serve({ model, reasons });
  if ([...passedOver.values()].every((why) => why === NO_VENDOR))
    throw gatewayErrors.unknown_model({ model, nearest: [] });
  throw gatewayErrors.no_target_allowed({ model, reasons });
}

/** Each target once, those that rest last. */
function orderLeaves(plan: PlanNode, able: Able, deps: RouteDeps): Leaf[] {
  const byId = new Map<string, Leaf>();
  for (const leaf of orderPlan(plan, able, deps)) if (!byId.has(leaf.target.id)) byId.set(leaf.target.id, leaf);
  const [live, resting] = partition([...byId.values()], ({ state }) => !isResting(state));
  return [
    ...live,
    ...resting.map((leaf) => ({ ...leaf, why: `${whyRests(leaf.state)}, so it comes last; ${leaf.why}` })),
  ];
}

function orderPlan(plan: PlanNode, { allowed, unable }: Able, deps: RouteDeps): Leaf[] {
  const candidates: Candidate[] = [];
  for (const { place, content } of allowed) {
    const [first, ...rest] = leavesOf(place, content, { unable, deps });
    if (first) candidates.push({ place, leaves: [first, ...rest] });
  }
  const [live, resting] = partition(candidates, ({ leaves }) => leaves.some(({ state }) => !isResting(state)));
  if (live.length === 0 || resting.length === 0) return orderGroup(plan, candidates, deps);
  // Among those that rest nobody has a turn.
  return [...orderGroup(plan, live, deps), ...orderGroup(plan, resting, { ...deps, turn: () => 0 })];
}

function orderGroup(plan: PlanNode, group: readonly Candidate[], deps: RouteDeps): Leaf[] {
  if (group.length === 0) return [];
  return keepTogether(plan, rankPlaces(plan, group, deps), deps).flatMap(({ candidate, why }) =>
    candidate.leaves.map((leaf) => ({
      target: leaf.target,
      state: leaf.state,
      why: leaf.why === "" ? why : `${why}; in it, ${leaf.why}`,
    })),
  );
}

function leavesOf(
  place: PlaceNode,
  content: Allowed["content"],
  { unable, deps }: { unable: ReadonlySet<string>; deps: RouteDeps },
): Leaf[] {
  if ("id" in content)
    return unable.has(content.id) ? [] : [{ target: content, state: deps.stateOf(content), why: "" }];
  return typeof place.content === "string" ? [] : orderPlan(place.content, { allowed: content, unable }, deps);
}

/** The conversation's own place first, where it may stay there. */
function keepTogether(plan: PlanNode, ranked: ReturnType<typeof rankPlaces>, deps: RouteDeps) {
  const { pin } = deps;
  if (!pin) return ranked;
  const own = ranked.find(({ candidate }) => candidate.leaves.some(({ target }) => target.id === pin.target));
  if (!own || !mayStay(plan, own.candidate, deps)) return ranked;
  return [
    { ...own, why: `it answered this conversation last, and its cache is warm` },
    ...ranked.filter((each) => each !== own),
  ];
}

export function isResting(state: TargetState): boolean {
  return whyRests(state) !== undefined;
}

function whyRests({ breaker, hasReadyCredential }: TargetState): string | undefined {
  if (breaker === "open") return "it failed too often lately and is left alone";
  return hasReadyCredential ? undefined : "its credentials rest";
}

function partition<T>(all: readonly T[], isFirst: (each: T) => boolean): [T[], T[]] {
  const [first, rest]: [T[], T[]] = [[], []];
  for (const each of all) (isFirst(each) ? first : rest).push(each);
  return [first, rest];
}

function describeRoute(name: string, { strategy, stickyBy }: PlanNode): string {
  if (strategy === "order") return `the route ${name} tries its targets in order`;
  return `the route ${name} chooses by ${strategy}${stickyBy ? `, the same for each ${stickyBy}` : ""}`;
}
