// The plan of a route that asks several targets for one answer: who of those that can serve the call is asked, in the order
// in which they are written. What is no chat has no answer to vote on: it is tried in order, like on any route.
import type { Considered } from "../../../ledger/contract.ts";
import type { Target } from "../../../providers/index.ts";
import type { TargetState } from "../../health/target-state.ts";
import { readResidency, whyForbidden } from "../facts/residency.ts";
import type { PlannedCall } from "../facts/request-facts.ts";
import type { CompiledRoute } from "../language/compile-route.ts";
import type { CompoundSpec } from "../language/compound.ts";
import type { SideTarget } from "../language/side-target.ts";
import type { Lacks } from "../placement.ts";
import { isResting } from "../plan-route.ts";
import type { Judge, Plan, PlannedAttempt } from "../plan-shape.ts";

export interface CompoundDeps {
  call: PlannedCall;
  resolve(name: string): Target | undefined;
  stateOf(target: Target): TargetState;
  /** Why a target may not be asked at all. */
  lacks: Lacks;
  /** Of what is tried in order. */
  attemptsMax: number;
}

/** `plan` is the route's order, with every target that can serve the call among its attempts. */
export function planCompound(
  plan: Plan,
  { name, plan: { places }, compound: spec }: CompiledRoute,
  deps: CompoundDeps,
): Plan {
  if (!spec) return plan;
  const { call, attemptsMax } = deps;
  const inOrder = { ...plan, attempts: plan.attempts.slice(0, attemptsMax) };
  if (call.request && call.request.operation !== "chat") return inOrder;
  const able = new Map(plan.attempts.map(({ target }) => [target.id, target]));
  const written = places.flatMap(({ content }) => (typeof content === "string" ? (able.get(content) ?? []) : []));
  const asked = withoutResting(written, spec, deps);
  const members = asked.map((target, place): PlannedAttempt => ({
    target,
    reason: reasonFor(spec, place, asked.length),
  }));
  return {
    ...inOrder,
    route: { name, strategy: spec.kind, reason: describe(name, spec) },
    considered: [
      ...consider(members, spec),
      ...plan.considered
        .filter(({ target }) => !asked.some(({ id }) => id === target))
        .map(({ target, reason }) => ({ target, chosen: false, reason: passed(reason) })),
    ],
    compound: { spec, members, judge: judgeOf(spec, deps) },
  };
}

/** Of an ensemble, as long as enough are left; of tiers, all but the last. */
function withoutResting(targets: readonly Target[], spec: CompoundSpec, { stateOf }: CompoundDeps): readonly Target[] {
  const isLive = (target: Target): boolean => !isResting(stateOf(target));
  if (spec.kind === "draft_then_final")
    return targets.filter((target, place) => place === targets.length - 1 || isLive(target));
  const live = targets.filter(isLive);
  return live.length >= Math.min(targets.length, spec.quorum ?? 1) ? live : targets;
}

function reasonFor({ kind }: CompoundSpec, place: number, count: number): string {
  if (kind === "ensemble") return `number ${place + 1} of ${count} that are asked at once`;
  if (count === 1) return "the only one that can be asked";
  return place === 0 ? `the first of ${count}` : `number ${place + 1} of ${count}, when no answer before was accepted`;
}

/** Each target once. */
function consider(members: readonly PlannedAttempt[], { kind }: CompoundSpec): Considered[] {
  const isFirst = ({ target }: PlannedAttempt, place: number): boolean =>
    members.findIndex((each) => each.target.id === target.id) === place;
  return members
    .filter(isFirst)
    .map(({ target, reason }, place) => ({ target: target.id, chosen: kind === "ensemble" || place === 0, reason }));
}

function passed(reason: string): string {
  return reason.startsWith("passed over") ? reason : `passed over: ${reason.split(", so it comes last")[0] ?? reason}`;
}

function describe(name: string, spec: CompoundSpec): string {
  if (spec.kind === "draft_then_final") return `the route ${name} asks the next target where an answer is not accepted`;
  const decided = { vote: "the most agree on", judge: "a judge likes best", first_good: "is good first" };
  return `the route ${name} asks several at once and gives the answer that ${decided[spec.decide]}`;
}

function judgeOf(spec: CompoundSpec, deps: CompoundDeps): Judge | undefined {
  const named = spec.kind === "ensemble" ? spec.judge : spec.judge?.by;
  return named && findJudge(named, deps);
}

function findJudge(named: SideTarget, { call, resolve, lacks }: CompoundDeps): Judge {
  const target = resolve(named.name);
  const ownWords = call.header && whyForbidden(named, readResidency(call.header));
  const forbidden = ownWords ?? (target && lacks(target)?.why);
  if (target && forbidden === undefined) return { target };
  return { name: named.name, lack: forbidden ?? "its vendor is not configured" };
}
