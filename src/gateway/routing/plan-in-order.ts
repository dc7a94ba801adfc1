// The usual case, quickly: a route that only lists its targets, all of which can serve the call now. It comes to what
// plan-route.ts would come to, without looking at what such a route does not ask.
import type { Considered } from "../../ledger/contract.ts";
import { isBound, residencyOf } from "./facts/residency.ts";
import type { CompiledRoute } from "./language/compile-route.ts";
import type { Target } from "../../providers/index.ts";
import { isResting, type RouteDeps } from "./plan-route.ts";
import { type Plan, repeatInTurn } from "./plan-shape.ts";

export type InOrderDeps = Pick<RouteDeps, "resolve" | "shortfall" | "stateOf" | "attemptsMax"> & {
  header?: ((name: string) => string | null) | undefined;
};

/** Undefined where there is more to it. */
export function planInOrder({ name, plainTargets }: CompiledRoute, deps: InOrderDeps): Plan | undefined {
  if (!plainTargets || isBound(residencyOf(deps))) return undefined;
  const targets: { target: Target }[] = [];
  const considered: Considered[] = [];
  for (const id of plainTargets) {
    const target = deps.resolve(id);
    if (!target || deps.shortfall(target) || isResting(deps.stateOf(target))) return undefined;
    targets.push({ target });
    considered.push({ target: id, chosen: targets.length === 1, reason: inOrder(targets.length) });
  }
  return {
    route: { name, strategy: "order", reason: `the route ${name} tries its targets in order` },
    considered,
    attempts: repeatInTurn(targets, deps.attemptsMax),
  };
}

function inOrder(place: number): string {
  return `number ${place} in the route's order`;
}
