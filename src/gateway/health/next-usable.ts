// The next attempt of a plan that is worth making: one whose target is not left alone, and has a credential that does not rest
// if any has.
import type { World } from "../../kernel/index.ts";
import type { PlannedAttempt } from "../routing/plan-shape.ts";
import type { Health } from "./health.ts";

/** Its place, from `from` on; -1 when there is none. */
export function nextUsable(
  attempts: readonly (PlannedAttempt | undefined)[],
  from: number,
  { health, world }: { health: Pick<Health, "admits">; world: Pick<World, "monotonicMs"> },
): number {
  let secondBest = -1;
  for (let place = from; place < attempts.length; place += 1) {
    const target = attempts[place]?.target;
    if (!target || !health.admits(target)) continue;
    if (target.vendor.credentials.isReady(world.monotonicMs())) return place;
    if (secondBest < 0) secondBest = place;
  }
  return secondBest;
}
